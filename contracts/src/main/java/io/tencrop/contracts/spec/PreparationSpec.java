package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How images become the network's input. {@link #shards()} is what the stored shards depend on;
 * {@link #input()} is what the trainer and the evaluator do with them.
 *
 * @param resize to the stored size; absent: the source's own size, which must then be the same for
 *     all images
 * @param centerCrop side in pixels of the square that is taken from the centre after the resize,
 *     and stored; absent: all is stored, or with {@code shorterSide} a square of that side
 * @param crop side of what the network sees; absent: the whole stored image
 * @param trainCrop where training crops, when {@code crop} is smaller than the stored image
 * @param channels 1 (grey) or 3 (RGB)
 * @param normalize absent: values in [0, 1] as they are
 * @param augment of the stored training images; absent: none
 * @param fastDecode large JPEG images are decoded at a half, a quarter or an eighth of their size
 *     when what is stored is smaller still, which changes the pixels; absent: exactly
 * @param maxRejectedShare of the source's images that may be corrupt: they are left out. With more
 *     the preparation fails
 */
public record PreparationSpec(
    @Nullable ResizeSpec resize,
    @Nullable Integer centerCrop,
    @Nullable Integer crop,
    TrainCrop trainCrop,
    int channels,
    SplitSpec split,
    @Nullable Normalization normalize,
    @Nullable ShardAugmentSpec augment,
    @Nullable Boolean fastDecode,
    double maxRejectedShare) {

  /** With the defaults for what is absent. */
  @JsonCreator
  public static PreparationSpec of(
      @JsonProperty("resize") @Nullable ResizeSpec resize,
      @JsonProperty("centerCrop") @Nullable Integer centerCrop,
      @JsonProperty("crop") @Nullable Integer crop,
      @JsonProperty("trainCrop") @Nullable TrainCrop trainCrop,
      @JsonProperty("channels") @Nullable Integer channels,
      @JsonProperty("split") @Nullable SplitSpec split,
      @JsonProperty("normalize") @Nullable Normalization normalize,
      @JsonProperty("augment") @Nullable ShardAugmentSpec augment,
      @JsonProperty("fastDecode") @Nullable Boolean fastDecode,
      @JsonProperty("maxRejectedShare") @Nullable Double maxRejectedShare) {
    return new PreparationSpec(
        resize,
        centerCrop,
        crop,
        trainCrop == null ? TrainCrop.RANDOM : trainCrop,
        channels == null ? 3 : channels,
        split == null ? SplitSpec.defaults() : split,
        normalize,
        augment,
        Boolean.TRUE.equals(fastDecode) ? true : null,
        maxRejectedShare == null ? 0 : maxRejectedShare);
  }

  static PreparationSpec defaults() {
    return of(null, null, null, null, null, null, null, null, null, null);
  }

  /** The part that decides the bytes of the shards. */
  public ShardPreparation shards() {
    return new ShardPreparation(resize, centerCrop, channels, split, augment, fastDecode);
  }

  /** The part that turns stored images into a batch. */
  public InputSpec input() {
    return new InputSpec(crop, trainCrop, normalize);
  }
}
