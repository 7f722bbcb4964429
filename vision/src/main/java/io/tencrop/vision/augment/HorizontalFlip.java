package io.tencrop.vision.augment;

import io.tencrop.vision.data.RandomStream;

/**
 * {@code torchvision.transforms.RandomHorizontalFlip}: left and right exchanged.
 *
 * @param p how likely
 */
public record HorizontalFlip(double p) implements Augmentation {
  public HorizontalFlip {
    Checks.probability("horizontalFlip", p);
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    if (random.nextDouble() < p) {
      flip(image);
    }
  }

  static void flip(Canvas image) {
    int stride = image.width() * image.channels();
    for (int y = 0; y < image.height(); y++) {
      if (image.channels() == 3) {
        mirrorColors(image.pixels(), y * stride, stride);
      } else {
        mirror(image.pixels(), y * stride, stride);
      }
    }
  }

  private static void mirror(byte[] pixels, int start, int bytes) {
    for (int left = start, right = start + bytes - 1; left < right; left++, right--) {
      byte swapped = pixels[left];
      pixels[left] = pixels[right];
      pixels[right] = swapped;
    }
  }

  private static void mirrorColors(byte[] pixels, int start, int bytes) {
    for (int left = start, right = start + bytes - 3; left < right; left += 3, right -= 3) {
      byte red = pixels[left];
      byte green = pixels[left + 1];
      byte blue = pixels[left + 2];
      pixels[left] = pixels[right];
      pixels[left + 1] = pixels[right + 1];
      pixels[left + 2] = pixels[right + 2];
      pixels[right] = red;
      pixels[right + 1] = green;
      pixels[right + 2] = blue;
    }
  }
}
