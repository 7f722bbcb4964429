package io.tencrop.vision.augment;

import io.tencrop.vision.data.RandomStream;
import java.util.List;

/**
 * {@code torchvision.transforms.RandAugment} (Cubuk et al. 2020): some operations, drawn uniformly
 * with replacement, all of one magnitude.
 *
 * @param numOps how many, one after another
 * @param magnitude from 0 to {@code numMagnitudeBins - 1}
 * @param numMagnitudeBins how many magnitudes there are
 * @param operations of which are drawn
 * @param fill grey level of what comes into view
 */
public record RandAugment(
    int numOps,
    int magnitude,
    int numMagnitudeBins,
    List<Operation> operations,
    Interpolation interpolation,
    int fill)
    implements Augmentation {
  public RandAugment {
    Checks.check(numOps >= 0, "randAugment with numOps %s", numOps);
    Checks.check(
        numMagnitudeBins >= 2 && magnitude >= 0 && magnitude < numMagnitudeBins,
        "randAugment with magnitude %s of %s bins; must be from 0 to bins - 1, of at least 2",
        magnitude,
        numMagnitudeBins);
    Checks.check(!operations.isEmpty(), "randAugment without operations");
    Checks.level("randAugment", fill);
    operations = List.copyOf(operations);
  }

  /** What can be drawn, under torchvision's names. */
  public enum Operation {
    IDENTITY,
    SHEAR_X,
    SHEAR_Y,
    TRANSLATE_X,
    TRANSLATE_Y,
    ROTATE,
    BRIGHTNESS,
    COLOR,
    CONTRAST,
    SHARPNESS,
    POSTERIZE,
    SOLARIZE,
    AUTO_CONTRAST,
    EQUALIZE;

    /** Whether its magnitude goes either way. */
    boolean isSigned() {
      return ordinal() >= SHEAR_X.ordinal() && ordinal() <= SHARPNESS.ordinal();
    }

    /** The greatest magnitude; for the share {@code bin / (bins - 1)} of it see {@link #at}. */
    private float greatest(int height, int width) {
      return switch (this) {
        case SHEAR_X, SHEAR_Y -> 0.3f;
        case TRANSLATE_X -> (float) (150.0 / 331.0 * width);
        case TRANSLATE_Y -> (float) (150.0 / 331.0 * height);
        case ROTATE -> 30;
        case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> 0.9f;
        default -> 0;
      };
    }

    /** The magnitude of a bin, without sign. */
    double at(int bin, int bins, int height, int width) {
      return switch (this) {
        case POSTERIZE -> 8 - Math.rint(bin / ((bins - 1) / 4f));
        case SOLARIZE -> linear(255, 0, bin, bins);
        default -> linear(0, greatest(height, width), bin, bins);
      };
    }

    /** {@code torch.linspace}, in float32 and from the nearer end. */
    private static double linear(float from, float to, int bin, int bins) {
      float step = (to - from) / (bins - 1);
      return bin < bins / 2 ? Math.fma(step, bin, from) : Math.fma(-step, bins - 1 - bin, to);
    }

    /** Does it to the image. */
    void apply(Canvas image, double magnitude, Interpolation interpolation, int fill) {
      switch (this) {
        case SHEAR_X -> Affine.shear(magnitude, 0).apply(image, interpolation, fill);
        case SHEAR_Y -> Affine.shear(0, magnitude).apply(image, interpolation, fill);
        case TRANSLATE_X ->
            Affine.translation((int) magnitude, 0).apply(image, interpolation, fill);
        case TRANSLATE_Y ->
            Affine.translation(0, (int) magnitude).apply(image, interpolation, fill);
        case ROTATE -> Rotation.rotate(image, magnitude, interpolation, fill);
        case BRIGHTNESS -> Colors.brightness(image, 1 + magnitude);
        case COLOR -> Colors.saturation(image, 1 + magnitude);
        case CONTRAST -> Colors.contrast(image, 1 + magnitude);
        case SHARPNESS -> Colors.sharpness(image, 1 + magnitude);
        case POSTERIZE -> Colors.posterize(image, (int) magnitude);
        case SOLARIZE -> Colors.solarize(image, magnitude);
        case AUTO_CONTRAST -> Colors.autocontrast(image);
        case EQUALIZE -> Colors.equalize(image);
        case IDENTITY -> {}
      }
    }
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    for (int i = 0; i < numOps; i++) {
      Operation operation = operations.get(random.nextInt(operations.size()));
      double size = operation.at(magnitude, numMagnitudeBins, image.height(), image.width());
      boolean negative = operation.isSigned() && random.nextInt(2) == 1;
      operation.apply(image, negative ? -size : size, interpolation, fill);
    }
  }
}
