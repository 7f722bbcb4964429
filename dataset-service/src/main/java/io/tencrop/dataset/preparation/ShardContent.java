package io.tencrop.dataset.preparation;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.data.RejectedImages.RejectedImage;
import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.dataset.preparation.Plan.ShardRange;
import io.tencrop.dataset.source.SourceImages;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.ShardWriter;
import io.tencrop.vision.data.ShardedImages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is in one shard. The same source, plan and options always give the same bytes. */
final class ShardContent {
  private final SourceSnapshot source;
  private final Plan plan;
  private final ShardRange range;
  private final ImageSize size;
  private final @Nullable Variants variants;

  ShardContent(SourceSnapshot source, Plan plan, ShardRange range, ShardPreparation options) {
    this.source = source;
    this.plan = plan;
    this.range = range;
    this.size = plan.framing().stored();
    ShardAugmentSpec augment = range.split() == SplitName.TRAIN ? options.augment() : null;
    this.variants = augment == null ? null : new Variants(augment, plan.framing(), plan.channels());
  }

  /**
   * What came of it.
   *
   * @param rejected images of its range that cannot be used, and that it does not have
   */
  record Outcome(ShardFacts facts, RejectedImages rejected) {}

  /**
   * Writes the shard.
   *
   * @throws PermanentFailureException when the source is gone or has changed
   */
  Outcome write(SourceImages images, Path file) throws IOException {
    TreeMap<Integer, RejectedImage> rejected = new TreeMap<>();
    ShardFacts.Tally tally =
        new ShardFacts.Tally(range.split(), source.classes().size(), plan.channels());
    int[] ids = plan.ids(range);
    try (ShardWriter writer = writer(file, ids.length)) {
      for (int id : ids) {
        Bitmap stored;
        try {
          stored = stored(images.read(id), id);
          tally.add(stored, source.labels()[id]);
        } catch (UnusableImageException e) {
          rejected.put(id, new RejectedImage(source.path(id), e.reason()));
          stored = placeholder();
        }
        writer.add(stored, source.labels()[id], id);
      }
    }
    if (!rejected.isEmpty()) {
      takeOut(rejected.keySet(), file);
    }
    return new Outcome(tally.facts(), RejectedImages.of(new ArrayList<>(rejected.values())));
  }

  private Bitmap stored(Bitmap image, int id) throws UnusableImageException {
    Bitmap channels = image.withChannels(plan.channels());
    return variants == null
        ? plan.framing().of(channels)
        : variants.of(channels, id, range.variant());
  }

  /** A shard says first how many images it has, which is known only when all were decoded. */
  private Bitmap placeholder() {
    byte[] black = new byte[size.height() * size.width() * plan.channels()];
    return new Bitmap(size.height(), size.width(), plan.channels(), black);
  }

  private void takeOut(Set<Integer> ids, Path file) throws IOException {
    Path rest = file.resolveSibling(file.getFileName() + ".rest");
    try {
      try (ShardedImages all = ShardedImages.open(List.of(file));
          ShardWriter writer = writer(rest, all.size() - ids.size())) {
        byte[] pixels = placeholder().data();
        for (int i = 0; i < all.size(); i++) {
          if (!ids.contains((int) all.id(i))) {
            all.copyCrop(i, Crop.whole(size.height(), size.width()), pixels, 0);
            writer.add(
                new Bitmap(size.height(), size.width(), plan.channels(), pixels),
                all.label(i),
                all.id(i));
          }
        }
      }
      Files.move(rest, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(rest);
    }
  }

  private ShardWriter writer(Path file, int images) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    try {
      return new ShardWriter(out, images, size.height(), size.width(), plan.channels());
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }
}
