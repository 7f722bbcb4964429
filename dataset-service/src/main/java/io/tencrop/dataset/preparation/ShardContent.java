package io.tencrop.dataset.preparation;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.data.RejectedImages.RejectedImage;
import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.dataset.preparation.Plan.ShardRange;
import io.tencrop.dataset.source.SourceImages;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.ImageDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What is in the shards of one range of images, one shard for each variant. The same source, plan
 * and options always give the same bytes, however many threads work on them.
 */
final class ShardContent {
  private final SourceSnapshot source;
  private final Plan plan;
  private final List<ShardRange> ranges;
  private final ImageWorkers workers;
  private final StoredImages stored;

  /**
   * @param ranges {@linkplain Plan#together of the same images}, at least one
   * @throws PermanentFailureException when this machine cannot do what the options ask for
   */
  ShardContent(
      SourceSnapshot source,
      Plan plan,
      List<ShardRange> ranges,
      ShardPreparation options,
      ImageWorkers workers) {
    this.source = source;
    this.plan = plan;
    this.ranges = ranges;
    this.workers = workers;
    ShardAugmentSpec augment = ranges.get(0).split() == SplitName.TRAIN ? options.augment() : null;
    boolean fast = Boolean.TRUE.equals(options.fastDecode());
    if (fast && !ImageDecoder.canReduce()) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "preparation.fastDecode needs libturbojpeg, which a machine of the dataset service does not have. Install it there (libturbojpeg0 on Debian, libturbojpeg on Ubuntu), or leave fastDecode out.");
    }
    this.stored =
        new StoredImages(plan, augment, ranges.stream().map(ShardRange::variant).toList(), fast);
  }

  /**
   * What came of a shard.
   *
   * @param rejected images of its range that cannot be used, and that it does not have
   */
  record Outcome(ShardFacts facts, RejectedImages rejected) {}

  /**
   * Writes the shards.
   *
   * @param paths one for each range
   * @throws PermanentFailureException when the source is gone or has changed
   */
  List<Outcome> write(SourceImages images, List<Path> paths)
      throws IOException, InterruptedException {
    try (ShardFiles files = new ShardFiles(source, plan)) {
      for (int i = 0; i < ranges.size(); i++) {
        files.open(paths.get(i), ranges.get(i));
      }
      TreeMap<Integer, RejectedImage> rejected = new TreeMap<>();
      int[] ids = plan.ids(ranges.get(0));
      try (ImageStream stream = new ImageStream(images, stored, workers, ids)) {
        for (int id : ids) {
          StoredImages.Made made = stream.next();
          String reason = made.unusable();
          if (reason == null) {
            files.add(made.images(), id);
          } else {
            files.skip(id);
            rejected.put(id, new RejectedImage(source.path(id), reason));
          }
        }
      }
      RejectedImages all = RejectedImages.of(new ArrayList<>(rejected.values()));
      return files.finish(rejected.keySet()).stream()
          .map(facts -> new Outcome(facts, all))
          .toList();
    }
  }
}
