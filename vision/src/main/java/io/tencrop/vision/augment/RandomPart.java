package io.tencrop.vision.augment;

import io.tencrop.vision.data.RandomStream;
import java.util.Optional;

/**
 * A random part of an image, as torchvision's {@code get_params} search for it: its share of the
 * area is uniform, and so is the logarithm of the ratio of its sides.
 *
 * @param minScale the least share of the image's area
 * @param maxScale the greatest share of the image's area
 * @param minRatio the least ratio of its sides
 * @param maxRatio the greatest ratio of its sides
 * @param dividend the side that is divided by the other for the ratio
 */
record RandomPart(
    double minScale, double maxScale, double minRatio, double maxRatio, Side dividend) {
  /** Torchvision's. */
  private static final int TRIES = 10;

  enum Side {
    HEIGHT,
    WIDTH
  }

  /** Which sizes are taken. */
  @FunctionalInterface
  interface Fit {
    boolean fits(int height, int width);
  }

  /** The part, anywhere in the image; empty when no try gave a size that fits. */
  Optional<Rectangle> draw(int imageHeight, int imageWidth, RandomStream random, Fit fit) {
    double area = (double) imageHeight * imageWidth;
    double minLog = StrictMath.log(minRatio);
    double maxLog = StrictMath.log(maxRatio);
    for (int i = 0; i < TRIES; i++) {
      double part = area * random.nextDouble(minScale, maxScale);
      double ratio = StrictMath.exp(random.nextDouble(minLog, maxLog));
      int first = (int) Math.rint(Math.sqrt(part * ratio));
      int second = (int) Math.rint(Math.sqrt(part / ratio));
      int height = dividend == Side.HEIGHT ? first : second;
      int width = dividend == Side.HEIGHT ? second : first;
      if (fit.fits(height, width)) {
        return Optional.of(
            new Rectangle(
                random.nextInt(imageHeight - height + 1),
                random.nextInt(imageWidth - width + 1),
                height,
                width));
      }
    }
    return Optional.empty();
  }
}
