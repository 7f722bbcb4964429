package io.tencrop.vision.recipe;

import io.tencrop.vision.augment.Augmentation;
import io.tencrop.vision.augment.Augmenter;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a stored uint8 image to what the network sees: a crop, in training the augmentation, then
 * {@code (x / 255 - mean) / std} by channel, as torchvision's {@code ToTensor} and {@code
 * Normalize} compute it.
 *
 * @param crop side in pixels; absent: the whole image
 * @param randomCrop training crops uniformly at random, {@code torchvision.transforms.RandomCrop};
 *     otherwise in the centre
 * @param mean one value, or one per channel; empty: no normalization
 * @param std as many as {@code mean}
 * @param augment what training does to the crop, in this order; it must keep the crop's size
 */
public record InputTransform(
    @Nullable Integer crop,
    boolean randomCrop,
    List<Double> mean,
    List<Double> std,
    List<Augmentation> augment) {
  public InputTransform {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    augment = List.copyOf(augment);
    if (mean.size() != std.size()) {
      throw new IllegalArgumentException(
          "%d means and %d deviations".formatted(mean.size(), std.size()));
    }
  }

  /** Without augmentation. */
  public InputTransform(
      @Nullable Integer crop, boolean randomCrop, List<Double> mean, List<Double> std) {
    this(crop, randomCrop, mean, std, List.of());
  }

  /** The same with another augmentation. */
  public InputTransform withAugment(List<Augmentation> operations) {
    return new InputTransform(crop, randomCrop, mean, std, operations);
  }

  /**
   * The grey levels next to a normalized value, one or one per channel: of 0 those of the mean
   * colour.
   */
  public List<Integer> levels(double normalized) {
    List<Integer> levels = new ArrayList<>();
    for (int i = 0; i < Math.max(1, mean.size()); i++) {
      double value = mean.isEmpty() ? normalized : normalized * std.get(i) + mean.get(i);
      levels.add((int) Math.min(255, Math.max(0, Math.rint(value * 255))));
    }
    return levels;
  }

  /** The crop that testing and a centred training take. */
  public Crop center(int height, int width) {
    return crop == null ? Crop.whole(height, width) : Crop.center(height, width, crop);
  }

  /**
   * Checks that the augmentation leaves what the network sees at its size.
   *
   * @param height of the stored images
   * @param width of the stored images
   * @throws IllegalArgumentException when it does not
   */
  public void checkAugment(int height, int width) {
    Crop crop = center(height, width);
    ImageSize seen = new ImageSize(crop.height(), crop.width());
    ImageSize augmented = Augmenter.size(augment, seen);
    if (!augmented.equals(seen)) {
      throw new IllegalArgumentException(
          "the augmentation makes images of %s, the network sees %s".formatted(augmented, seen));
    }
  }
}
