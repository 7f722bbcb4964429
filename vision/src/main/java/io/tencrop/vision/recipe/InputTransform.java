package io.tencrop.vision.recipe;

import io.tencrop.vision.data.Crop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a stored uint8 image to what the network sees: a crop, then {@code (x / 255 - mean) / std}
 * by channel, as torchvision's {@code ToTensor} and {@code Normalize} compute it.
 *
 * @param crop side in pixels; absent: the whole image
 * @param randomCrop training crops uniformly at random, {@code torchvision.transforms.RandomCrop};
 *     otherwise in the centre
 * @param mean one value, or one per channel; empty: no normalization
 * @param std as many as {@code mean}
 */
public record InputTransform(
    @Nullable Integer crop, boolean randomCrop, List<Double> mean, List<Double> std) {
  public InputTransform {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size()) {
      throw new IllegalArgumentException(
          "%d means and %d deviations".formatted(mean.size(), std.size()));
    }
  }

  /** The crop that testing and a centred training take. */
  public Crop center(int height, int width) {
    return crop == null ? Crop.whole(height, width) : Crop.center(height, width, crop);
  }
}
