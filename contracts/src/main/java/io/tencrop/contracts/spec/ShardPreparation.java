package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of the shards depend on, beside the source.
 *
 * @param resize absent: as in the source
 * @param centerCrop side in pixels of the square that is then taken from the centre, {@code
 *     torchvision.transforms.CenterCrop}; absent: all is stored, or with {@code shorterSide} a
 *     square of that side
 * @param channels 1 (grey) or 3 (RGB)
 * @param augment absent: training images are stored once, as they are
 * @param fastDecode see {@link PreparationSpec#fastDecode}; absent: exactly
 */
public record ShardPreparation(
    @Nullable ResizeSpec resize,
    @Nullable Integer centerCrop,
    int channels,
    SplitSpec split,
    @Nullable ShardAugmentSpec augment,
    @Nullable Boolean fastDecode) {

  /** Decoded exactly. */
  public ShardPreparation(
      @Nullable ResizeSpec resize,
      @Nullable Integer centerCrop,
      int channels,
      SplitSpec split,
      @Nullable ShardAugmentSpec augment) {
    this(resize, centerCrop, channels, split, augment, null);
  }

  /**
   * Squares.
   *
   * @param side in pixels; absent: as in the source
   */
  public ShardPreparation(
      @Nullable Integer side, int channels, SplitSpec split, @Nullable ShardAugmentSpec augment) {
    this(side == null ? null : ResizeSpec.square(side), null, channels, split, augment, null);
  }

  /** How often each training image is stored. */
  @JsonIgnore
  public int variants() {
    return augment == null ? 1 : augment.variants();
  }

  /** Whether a square is taken from the centre of resized images. */
  public boolean cutsCenter() {
    return centerCrop != null || (resize != null && resize.shorterSide() != null);
  }
}
