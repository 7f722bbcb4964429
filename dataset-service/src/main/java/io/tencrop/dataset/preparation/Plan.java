package io.tencrop.dataset.preparation;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.dataset.source.SourceSnapshot.Part;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a preparation makes of a source: the size of its images and which of them go into which
 * shard. A pure function of its arguments, so every replica comes to the same.
 *
 * @param preparedId names the outcome: hex SHA-256 over (source digest, preparation, format
 *     version)
 * @param framing how images get the stored size
 * @param ids of each split, ascending
 * @param shards of all splits
 */
record Plan(
    String preparedId,
    Framing framing,
    int channels,
    Map<SplitName, int[]> ids,
    List<ShardRange> shards) {

  /** Of the shards; a change of their content needs a new one. */
  static final int FORMAT_VERSION = 2;

  private static final long SHARD_BYTES = 64L << 20;
  private static final int SHARD_IMAGES = 8192;

  /** Smaller splits are divided as well, so that several replicas have something to do. */
  private static final int SHARDS_AT_LEAST = 8;

  /** But not into shards below this. */
  private static final long SMALL_SHARD_BYTES = 8L << 20;

  /** So many variants of an image are made of one decoding. */
  private static final int VARIANTS_TOGETHER = 4;

  /**
   * A shard: the images of its split from {@code from} to {@code to}.
   *
   * @param index within the split, from 0
   * @param variant of the training images, from 0
   */
  record ShardRange(SplitName split, int index, int variant, int from, int to) {
    int images() {
      return to - from;
    }

    private boolean isTogetherWith(ShardRange other) {
      return split == other.split
          && from == other.from
          && variant / VARIANTS_TOGETHER == other.variant / VARIANTS_TOGETHER;
    }
  }

  /** What the name of a prepared data set is made of. */
  private record Identity(String sourceDigest, ShardPreparation preparation, int formatVersion) {}

  /**
   * Plans.
   *
   * @throws PermanentFailureException when the preparation cannot be applied to this source
   */
  static Plan of(SourceSnapshot source, ShardPreparation preparation, MessageCodec codec) {
    if (source.classes().size() < 2) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_INVALID,
          "The source has %d class(es) (%s); a classifier needs at least two."
              .formatted(source.classes().size(), String.join(", ", source.classes())));
    }
    Framing framing = framing(source, preparation);
    if (preparation.channels() != 1 && preparation.channels() != 3) {
      throw refused("channels is %d; allowed are 1 (grey) and 3 (RGB).", preparation.channels());
    }
    Map<SplitName, int[]> ids = split(source, preparation.split());
    ids.forEach((split, images) -> checkNotEmpty(split, images, source.size()));
    String preparedId =
        Digests.sha256(codec.encode(new Identity(source.digest(), preparation, FORMAT_VERSION)));
    checkVariants(preparation, framing);
    long imageBytes =
        (long) framing.stored().height() * framing.stored().width() * preparation.channels();
    return new Plan(
        preparedId,
        framing,
        preparation.channels(),
        ids,
        shards(ids, imageBytes, preparation.variants()));
  }

  private static Framing framing(SourceSnapshot source, ShardPreparation preparation) {
    Integer height = source.height();
    Integer width = source.width();
    return Framing.of(
        preparation,
        height == null || width == null ? null : new ImageSize(height, width),
        String.valueOf(source.sizes()));
  }

  private static PermanentFailureException refused(String message, Object... values) {
    return new PermanentFailureException(
        FailureCode.PREPARATION_INVALID, message.formatted(values));
  }

  private static Map<SplitName, int[]> split(SourceSnapshot source, SplitSpec spec) {
    Split split;
    try {
      split = spec.provided() ? provided(source, spec) : byShares(source, spec);
    } catch (IllegalArgumentException e) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID, "The split cannot be made: " + e.getMessage(), e);
    }
    Map<SplitName, int[]> ids = new EnumMap<>(SplitName.class);
    ids.put(SplitName.TRAIN, split.train());
    ids.put(SplitName.VALIDATION, split.validation());
    ids.put(SplitName.TEST, split.test());
    return ids;
  }

  private static Split byShares(SourceSnapshot source, SplitSpec spec) {
    double train = spec.train() == null ? 0 : spec.train();
    double test = spec.test() == null ? 0 : spec.test();
    if (spec.stratified()) {
      return Split.stratified(source.labels(), train, spec.validation(), test, spec.seed());
    }
    return Split.byShares(source.size(), train, spec.validation(), test, spec.seed());
  }

  /** A validation part of the source's own is taken as it is; without one a share is held out. */
  private static Split provided(SourceSnapshot source, SplitSpec spec) {
    if (!source.hasParts()) {
      throw refused(
          "split.provided is true, but the source has no train and test parts of its own (%s): give shares instead, for example {train: 0.8, validation: 0.1, test: 0.1}.",
          source.ids(Part.TRAIN).length > 0 && source.ids(Part.VALIDATION).length > 0
              ? "only train and validation; if nothing is chosen by its validation part, rename that to test"
              : "folders train and test above those of the classes");
    }
    int[] validation = source.ids(Part.VALIDATION);
    if (validation.length > 0) {
      return new Split(source.ids(Part.TRAIN), validation, source.ids(Part.TEST));
    }
    int[] train = source.ids(Part.TRAIN);
    int[] test = source.ids(Part.TEST);
    return spec.stratified()
        ? Split.stratifiedHoldOut(train, test, source.labels(), spec.validation(), spec.seed())
        : Split.holdOut(train, test, spec.validation(), spec.seed());
  }

  private static void checkNotEmpty(SplitName split, int[] images, int all) {
    if (images.length == 0) {
      throw refused(
          "The %s split has no image (the source has %d): give it a larger share.",
          split.label(), all);
    }
  }

  private static void checkVariants(ShardPreparation preparation, Framing framing) {
    ShardAugmentSpec augment = preparation.augment();
    if (augment == null) {
      return;
    }
    if (augment.variants() < 1) {
      throw refused("augment.variants is %d; must be at least 1.", augment.variants());
    }
    try {
      new Variants(augment, framing, preparation.channels());
    } catch (IllegalArgumentException e) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "preparation.augment cannot be applied: %s.".formatted(e.getMessage()),
          e);
    }
  }

  private static List<ShardRange> shards(Map<SplitName, int[]> ids, long imageBytes, int variants) {
    long perShard = Math.max(1, Math.min(SHARD_IMAGES, SHARD_BYTES / imageBytes));
    List<ShardRange> shards = new ArrayList<>();
    ids.forEach(
        (split, images) -> {
          long large = (images.length + perShard - 1) / perShard;
          long small = Math.min(SHARDS_AT_LEAST, images.length * imageBytes / SMALL_SHARD_BYTES);
          int count = (int) Math.max(large, small);
          int copies = split == SplitName.TRAIN ? variants : 1;
          for (int index = 0; index < count * copies; index++) {
            int i = index % count;
            int from = (int) ((long) images.length * i / count);
            int to = (int) ((long) images.length * (i + 1) / count);
            shards.add(new ShardRange(split, index, index / count, from, to));
          }
        });
    return shards;
  }

  /** Of the stored images, in pixels. */
  int height() {
    return framing.stored().height();
  }

  /** Of the stored images, in pixels. */
  int width() {
    return framing.stored().width();
  }

  /** The ids of the images of a shard, ascending. */
  int[] ids(ShardRange shard) {
    int[] all = ids.getOrDefault(shard.split(), new int[0]);
    return Arrays.copyOfRange(all, shard.from(), shard.to());
  }

  /** One shard. */
  ShardRange shard(SplitName split, int index) {
    return shards.stream()
        .filter(shard -> shard.split() == split && shard.index() == index)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no shard %s %d".formatted(split, index)));
  }

  /** The shards that are written with this one: of the same images, which are decoded once. */
  List<ShardRange> together(ShardRange shard) {
    return shards.stream().filter(shard::isTogetherWith).toList();
  }

  /** Of these shards one for each set that is written {@linkplain #together together}. */
  List<ShardRange> workItems(List<ShardRange> missing) {
    List<ShardRange> items = new ArrayList<>();
    for (ShardRange shard : missing) {
      if (items.stream().noneMatch(shard::isTogetherWith)) {
        items.add(shard);
      }
    }
    return items;
  }
}
