package io.tencrop.contracts.spec;

import org.jspecify.annotations.Nullable;

/**
 * How a stored image becomes what the network sees.
 *
 * @param crop side of the crop; absent: the whole stored image
 */
public record InputSpec(
    @Nullable Integer crop, TrainCrop trainCrop, @Nullable Normalization normalize) {

  /** The same with another normalization. */
  public InputSpec withNormalize(Normalization other) {
    return new InputSpec(crop, trainCrop, other);
  }
}
