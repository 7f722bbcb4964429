package io.tencrop.dataset.preparation;

import io.tencrop.dataset.preparation.Plan.ShardRange;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.ShardWriter;
import io.tencrop.vision.data.ShardedImages;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;

/** A shard that is being written to a file, image by image. */
final class ShardFile implements Closeable {
  private final Path path;
  private final SourceSnapshot source;
  private final ImageSize size;
  private final int channels;
  private final ShardFacts.Tally tally;
  private final ShardWriter writer;
  private boolean closed;

  ShardFile(Path path, SourceSnapshot source, Plan plan, ShardRange range) throws IOException {
    this.path = path;
    this.source = source;
    this.size = plan.framing().stored();
    this.channels = plan.channels();
    this.tally = new ShardFacts.Tally(range.split(), source.classes().size(), channels);
    this.writer = writer(path, range.images());
  }

  private ShardWriter writer(Path file, int images) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    try {
      return new ShardWriter(out, images, size.height(), size.width(), channels);
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  void add(StoredImages.Stored image, int id) throws IOException {
    tally.add(image.sums(), source.labels()[id]);
    writer.add(image.image(), source.labels()[id], id);
  }

  /**
   * In place of an image that cannot be used: a shard says first how many images it has, which is
   * known only when all were decoded.
   */
  void skip(int id) throws IOException {
    byte[] black = new byte[size.height() * size.width() * channels];
    writer.add(bitmap(black), source.labels()[id], id);
  }

  private Bitmap bitmap(byte[] pixels) {
    return new Bitmap(size.height(), size.width(), channels, pixels);
  }

  /**
   * Ends the file, without these images.
   *
   * @param skipped ids of those that were {@linkplain #skip skipped}
   */
  ShardFacts finish(Set<Integer> skipped) throws IOException {
    close();
    if (!skipped.isEmpty()) {
      takeOut(skipped);
    }
    return tally.facts();
  }

  private void takeOut(Set<Integer> ids) throws IOException {
    Path rest = path.resolveSibling(path.getFileName() + ".rest");
    try {
      try (ShardedImages all = ShardedImages.open(List.of(path));
          ShardWriter kept = writer(rest, all.size() - ids.size())) {
        byte[] pixels = new byte[size.height() * size.width() * channels];
        for (int i = 0; i < all.size(); i++) {
          if (!ids.contains((int) all.id(i))) {
            all.copyCrop(i, Crop.whole(size.height(), size.width()), pixels, 0);
            kept.add(bitmap(pixels), all.label(i), all.id(i));
          }
        }
      }
      Files.move(rest, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(rest);
    }
  }

  /**
   * Closing twice does nothing more.
   *
   * @throws IOException also when the file does not have all images yet
   */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      writer.close();
    }
  }
}
