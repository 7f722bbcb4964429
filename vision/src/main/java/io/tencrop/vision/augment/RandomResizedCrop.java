package io.tencrop.vision.augment;

import io.tencrop.vision.augment.RandomPart.Side;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.RandomStream;

/**
 * {@code torchvision.transforms.RandomResizedCrop}: a part of the image of random area and ratio,
 * resized to a square by the antialiased bilinear filter.
 *
 * @param size side in pixels
 * @param minScale the least share of the image's area
 * @param maxScale the greatest share of the image's area
 * @param minRatio the least width divided by height
 * @param maxRatio the greatest width divided by height
 */
public record RandomResizedCrop(
    int size, double minScale, double maxScale, double minRatio, double maxRatio)
    implements Augmentation {
  public RandomResizedCrop {
    Checks.check(size > 0, "randomResizedCrop of size %s", size);
    Checks.shares("randomResizedCrop", minScale, maxScale);
    Checks.ratios("randomResizedCrop", minRatio, maxRatio);
  }

  @Override
  public ImageSize size(ImageSize input) {
    return new ImageSize(size, size);
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    resize(image, draw(image.height(), image.width(), random));
  }

  /** How much larger than what is made of it the smallest part may be, side by side. */
  public double shrinking(ImageSize image) {
    double part = (double) image.height() * image.width() * minScale;
    return Math.sqrt(part * Math.min(minRatio, 1 / maxRatio)) / size;
  }

  /** Takes its part of the image where it is. */
  @Override
  public void begin(Bitmap image, Canvas canvas, RandomStream random) {
    canvas.resize(image, draw(image.height(), image.width(), random), size, size);
  }

  void resize(Canvas image, Rectangle part) {
    image.resize(part, size, size);
  }

  /** Torchvision's {@code get_params}; when no try fitted, the centre. */
  Rectangle draw(int imageHeight, int imageWidth, RandomStream random) {
    return new RandomPart(minScale, maxScale, minRatio, maxRatio, Side.WIDTH)
        .draw(
            imageHeight,
            imageWidth,
            random,
            (height, width) ->
                width > 0 && width <= imageWidth && height > 0 && height <= imageHeight)
        .orElseGet(() -> center(imageHeight, imageWidth));
  }

  private Rectangle center(int imageHeight, int imageWidth) {
    double ratio = (double) imageWidth / imageHeight;
    int width = imageWidth;
    int height = imageHeight;
    if (ratio < minRatio) {
      height = (int) Math.rint(imageWidth / minRatio);
    } else if (ratio > maxRatio) {
      width = (int) Math.rint(imageHeight * maxRatio);
    }
    return new Rectangle((imageHeight - height) / 2, (imageWidth - width) / 2, height, width);
  }
}
