package io.tencrop.vision.augment;

import io.tencrop.vision.data.RandomStream;

/**
 * {@code torchvision.transforms.RandomVerticalFlip}: top and bottom exchanged.
 *
 * @param p how likely
 */
public record VerticalFlip(double p) implements Augmentation {
  public VerticalFlip {
    Checks.probability("verticalFlip", p);
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    if (random.nextDouble() < p) {
      flip(image);
    }
  }

  static void flip(Canvas image) {
    int stride = image.width() * image.channels();
    int height = image.height();
    byte[] target = image.spare(height, image.width());
    for (int y = 0; y < height; y++) {
      System.arraycopy(image.pixels(), y * stride, target, (height - 1 - y) * stride, stride);
    }
    image.swap(height, image.width());
  }
}
