package io.tencrop.dataset.preparation;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedFacts;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.vision.data.PixelSums;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What showed when the images of a shard were written.
 *
 * @param classCounts images of each class, in the order of the labels
 * @param pixels sums over the stored images; those of no image unless they are for training
 */
record ShardFacts(List<Long> classCounts, PixelSums pixels) {
  ShardFacts {
    classCounts = List.copyOf(classCounts);
  }

  /** How many images. */
  int images() {
    return Math.toIntExact(classCounts.stream().mapToLong(count -> count).sum());
  }

  /** Those of all shards; absent when an earlier version wrote some of them, or none has images. */
  static @Nullable PreparedFacts together(
      Plan plan, SourceSnapshot source, List<Preparations.Written> shards) {
    Map<SplitName, long[]> counts = new EnumMap<>(SplitName.class);
    PixelSums pixels = PixelSums.none(plan.channels());
    for (Preparations.Written shard : shards) {
      ShardFacts facts = shard.facts();
      if (facts == null) {
        return null;
      }
      pixels = pixels.plus(facts.pixels());
      if (plan.shard(shard.split(), shard.index()).variant() == 0) {
        long[] sum =
            counts.computeIfAbsent(shard.split(), split -> new long[source.classes().size()]);
        Arrays.setAll(sum, label -> sum[label] + facts.classCounts().get(label));
      }
    }
    if (pixels.pixels() == 0) {
      return null;
    }
    Map<SplitName, List<Long>> classCounts = new EnumMap<>(SplitName.class);
    counts.forEach((split, sum) -> classCounts.put(split, Arrays.stream(sum).boxed().toList()));
    return new PreparedFacts(
        classCounts,
        new Normalization(pixels.mean(), pixels.std()),
        DuplicateSearch.in(source, plan.ids()).orElse(null));
  }

  /** Gathers the facts of one shard. For one thread. */
  static final class Tally {
    private final boolean training;
    private final long[] counts;
    private PixelSums pixels;

    Tally(SplitName split, int classes, int channels) {
      this.training = split == SplitName.TRAIN;
      this.counts = new long[classes];
      this.pixels = PixelSums.none(channels);
    }

    /**
     * Counts an image.
     *
     * @param stored sums over its pixels as they are stored; used if it is for training
     */
    void add(PixelSums stored, int label) {
      counts[label]++;
      if (training) {
        pixels = pixels.plus(stored);
      }
    }

    ShardFacts facts() {
      return new ShardFacts(Arrays.stream(counts).boxed().toList(), pixels);
    }
  }
}
