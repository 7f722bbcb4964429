package io.tencrop.dataset.preparation;

import io.tencrop.dataset.preparation.Plan.ShardRange;
import io.tencrop.dataset.source.SourceSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The shards of the variants of the same images, while they are written. */
final class ShardFiles implements Closeable {
  private final SourceSnapshot source;
  private final Plan plan;
  private final List<ShardFile> files = new ArrayList<>();

  ShardFiles(SourceSnapshot source, Plan plan) {
    this.source = source;
    this.plan = plan;
  }

  void open(Path path, ShardRange range) throws IOException {
    files.add(new ShardFile(path, source, plan, range));
  }

  /** Adds to each file its variant of an image. */
  void add(List<StoredImages.Stored> variants, int id) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      files.get(i).add(variants.get(i), id);
    }
  }

  void skip(int id) throws IOException {
    for (ShardFile file : files) {
      file.skip(id);
    }
  }

  List<ShardFacts> finish(Set<Integer> skipped) throws IOException {
    List<ShardFacts> facts = new ArrayList<>();
    for (ShardFile file : files) {
      facts.add(file.finish(skipped));
    }
    return facts;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (ShardFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
