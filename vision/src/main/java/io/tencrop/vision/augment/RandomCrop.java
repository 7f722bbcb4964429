package io.tencrop.vision.augment;

import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.RandomStream;
import java.util.Arrays;

/**
 * {@code torchvision.transforms.RandomCrop}: a square at a place drawn uniformly from the image
 * with a margin around it.
 *
 * @param size side in pixels
 * @param padding the margin on each side, in pixels
 */
public record RandomCrop(int size, int padding, PaddingMode paddingMode) implements Augmentation {
  public RandomCrop {
    if (size < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "random crop of size %d, padding %d".formatted(size, padding));
    }
  }

  @Override
  public ImageSize size(ImageSize input) {
    if (size > input.height() + 2 * padding || size > input.width() + 2 * padding) {
      throw new IllegalArgumentException(
          "randomCrop of size %d does not fit an image of %s with a padding of %d"
              .formatted(size, input, padding));
    }
    return new ImageSize(size, size);
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    int top = random.nextInt(image.height() + 2 * padding - size + 1) - padding;
    int left = random.nextInt(image.width() + 2 * padding - size + 1) - padding;
    crop(image, top, left);
  }

  /** The square from row {@code top} and column {@code left} on, which may be negative. */
  void crop(Canvas image, int top, int left) {
    int channels = image.channels();
    byte[] target = image.spare(size, size);
    int inside = Math.max(0, Math.min(size, -left));
    int outside = Math.max(inside, Math.min(size, image.width() - left));
    int rowBytes = size * channels;
    for (int y = 0; y < size; y++) {
      int row = paddingMode.source(top + y, image.height());
      if (row < 0) {
        Arrays.fill(target, y * rowBytes, (y + 1) * rowBytes, (byte) 0);
      } else if (inside < outside) {
        System.arraycopy(
            image.pixels(),
            (row * image.width() + left + inside) * channels,
            target,
            y * rowBytes + inside * channels,
            (outside - inside) * channels);
      }
    }
    for (int x = 0; x < inside; x++) {
      column(image, top, left, x, target);
    }
    for (int x = outside; x < size; x++) {
      column(image, top, left, x, target);
    }
    image.swap(size, size);
  }

  /** Fills a column of the target that lies beside the image. */
  private void column(Canvas image, int top, int left, int x, byte[] target) {
    int channels = image.channels();
    int column = paddingMode.source(left + x, image.width());
    for (int y = 0; y < size; y++) {
      int row = column < 0 ? -1 : paddingMode.source(top + y, image.height());
      int to = (y * size + x) * channels;
      int from = (row * image.width() + column) * channels;
      for (int c = 0; c < channels; c++) {
        target[to + c] = row < 0 ? 0 : image.pixels()[from + c];
      }
    }
  }
}
