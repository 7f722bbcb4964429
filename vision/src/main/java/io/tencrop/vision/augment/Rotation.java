package io.tencrop.vision.augment;

import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.RandomStream;

/**
 * {@code torchvision.transforms.RandomRotation}: turned around the centre, in its frame.
 *
 * @param min the least angle in degrees, counter-clockwise
 * @param max the greatest angle in degrees
 * @param fill grey level of the corners that come into view
 */
public record Rotation(double min, double max, Interpolation interpolation, int fill)
    implements Augmentation {
  public Rotation {
    Checks.check(
        Math.abs(min) <= 360 && min <= max && Math.abs(max) <= 360,
        "rotation by [%s, %s] degrees; must be ordered and in [-360, 360]",
        min,
        max);
    Checks.level("rotation", fill);
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    rotate(image, draw(random), interpolation, fill);
  }

  double draw(RandomStream random) {
    return random.nextDouble(min, max);
  }

  static void rotate(Canvas image, double angle, Interpolation interpolation, int fill) {
    Affine.rotation(angle, new ImageSize(image.height(), image.width()))
        .apply(image, interpolation, fill);
  }
}
