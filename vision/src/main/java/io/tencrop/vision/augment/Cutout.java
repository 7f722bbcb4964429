package io.tencrop.vision.augment;

import io.tencrop.vision.data.RandomStream;
import java.util.List;

/**
 * Cutout (DeVries and Taylor 2017): a square around a pixel that is drawn uniformly is painted
 * over, as far as it lies within the image.
 *
 * @param size side in pixels
 * @param fill grey level, one or one per channel
 */
public record Cutout(int size, List<Integer> fill) implements Augmentation {
  public Cutout {
    if (size < 1) {
      throw new IllegalArgumentException("cutout of size " + size);
    }
    fill = Checks.levels("cutout", fill);
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    int y = random.nextInt(image.height());
    int x = random.nextInt(image.width());
    around(y, x, image.height(), image.width()).fill(image, fill);
  }

  Rectangle around(int y, int x, int imageHeight, int imageWidth) {
    int top = Math.max(0, y - size / 2);
    int left = Math.max(0, x - size / 2);
    int bottom = Math.min(imageHeight, y - size / 2 + size);
    int right = Math.min(imageWidth, x - size / 2 + size);
    return new Rectangle(top, left, bottom - top, right - left);
  }
}
