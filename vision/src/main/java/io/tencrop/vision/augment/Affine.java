package io.tencrop.vision.augment;

import io.tencrop.vision.data.ImageSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Where each pixel of the result lies in the source: {@code x' = a x + b y + c}, {@code y' = d x +
 * e y + f}, pixel centres at one half. To the bit what PIL's {@code Image.transform} makes of it.
 */
record Affine(double a, double b, double c, double d, double e, double f) {
  private static final int FRACTION = 16;
  private static final double ONE = 1 << FRACTION;
  private static final double LARGEST_FIXED = 32768;
  private static final int DIGITS = 15;

  /**
   * Turns around the centre: {@code torchvision.transforms.functional.rotate} without {@code
   * expand}.
   *
   * @param angle in degrees, counter-clockwise
   */
  static Affine rotation(double angle, ImageSize size) {
    double radians = -StrictMath.toRadians(angle);
    double cos = rounded(StrictMath.cos(radians));
    double sin = rounded(StrictMath.sin(radians));
    double x = size.width() / 2.0;
    double y = size.height() / 2.0;
    double offsetX = cos * -x + sin * -y + 0.0;
    double offsetY = -sin * -x + cos * -y + 0.0;
    return new Affine(cos, sin, offsetX + x, -sin, cos, offsetY + y);
  }

  private static double rounded(double value) {
    return new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_EVEN).doubleValue();
  }

  /**
   * Shifts columns by a share of the row, rows by a share of the column: what torchvision's {@code
   * RandAugment} calls shear, with its centre at the top left.
   */
  static Affine shear(double alongX, double alongY) {
    double tanX = StrictMath.tan(StrictMath.toRadians(degrees(alongX)));
    double y = StrictMath.toRadians(degrees(alongY));
    double cos = StrictMath.cos(y);
    double a = StrictMath.cos(-y) / cos;
    double b = -StrictMath.cos(-y) * tanX / cos;
    double c = StrictMath.sin(-y) / cos;
    double d = -StrictMath.sin(-y) * tanX / cos + 1;
    return new Affine(d, -b, 0, -c, a, 0);
  }

  private static double degrees(double shear) {
    return StrictMath.toDegrees(StrictMath.atan(shear));
  }

  /** Moves the image right and down, in pixels. */
  static Affine translation(int x, int y) {
    return new Affine(1, 0, -x, 0, 1, -y);
  }

  /** Transforms the image in its frame; what lies outside of the source becomes {@code fill}. */
  void apply(Canvas image, Interpolation interpolation, int fill) {
    int height = image.height();
    int width = image.width();
    byte[] target = image.spare(height, width);
    Arrays.fill(target, 0, image.bytes(), (byte) fill);
    if (interpolation == Interpolation.BILINEAR) {
      bilinear(image, target);
    } else if (b == 0 && d == 0) {
      scaled(image, target);
    } else {
      nearest(image, target);
    }
    image.swap(height, width);
  }

  private void bilinear(Canvas image, byte[] target) {
    BilinearRow colors =
        image.channels() == BilinearRow.CHANNELS ? new BilinearRow(this, image, target) : null;
    for (int y = 0; y < image.height(); y++) {
      int from = 0;
      int to = image.width();
      while (from < to && !isInside(image, from, y)) {
        from++;
      }
      while (from < to && !isInside(image, to - 1, y)) {
        to--;
      }
      if (colors != null) {
        colors.blend(y, from, to);
        continue;
      }
      for (int x = from; x < to; x++) {
        blend(image, x, y, target);
      }
    }
  }

  /** What is inside of a row is one piece of it. */
  private boolean isInside(Canvas image, int x, int y) {
    double sourceX = sourceX(x, y);
    double sourceY = sourceY(x, y);
    return sourceX >= 0 && sourceX < image.width() && sourceY >= 0 && sourceY < image.height();
  }

  double sourceX(int x, int y) {
    return a * (x + 0.5) + b * (y + 0.5) + c;
  }

  double sourceY(int x, int y) {
    return d * (x + 0.5) + e * (y + 0.5) + f;
  }

  /** A pixel as PIL computes it, in float64. */
  void blend(Canvas image, int x, int y, byte[] target) {
    blend(
        image,
        sourceX(x, y) - 0.5,
        sourceY(x, y) - 0.5,
        target,
        (y * image.width() + x) * image.channels());
  }

  private static void blend(Canvas image, double x, double y, byte[] target, int to) {
    int channels = image.channels();
    int width = image.width();
    byte[] source = image.pixels();
    int floorX = floor(x);
    int floorY = floor(y);
    double shareX = x - floorX;
    double shareY = y - floorY;
    int left = Math.max(floorX, 0) * channels;
    int right = Math.min(floorX + 1, width - 1) * channels;
    int upper = Math.max(floorY, 0) * width * channels;
    int lower = (floorY + 1 < image.height() ? floorY + 1 : Math.max(floorY, 0)) * width * channels;
    for (int i = 0; i < channels; i++) {
      double above = mix(source[upper + left + i], source[upper + right + i], shareX);
      double below = mix(source[lower + left + i], source[lower + right + i], shareX);
      target[to + i] = (byte) (int) (above + (below - above) * shareY);
    }
  }

  /** Of a number not below -1. */
  private static int floor(double value) {
    return value < 0 ? -1 : (int) value;
  }

  private static double mix(byte from, byte to, double share) {
    int begin = from & 0xff;
    return begin + ((to & 0xff) - begin) * share;
  }

  private void scaled(Canvas image, byte[] target) {
    int channels = image.channels();
    double sourceY = f + e * 0.5;
    for (int y = 0; y < image.height(); y++, sourceY += e) {
      double sourceX = c + a * 0.5;
      for (int x = 0; x < image.width(); x++, sourceX += a) {
        copy(
            image,
            sourceX < 0 ? -1 : (int) sourceX,
            sourceY < 0 ? -1 : (int) sourceY,
            target,
            (y * image.width() + x) * channels);
      }
    }
  }

  /** In fixed point, as PIL does it for images of a side below 32768. */
  private void nearest(Canvas image, byte[] target) {
    checkFixed(image);
    int channels = image.channels();
    int stepAX = fixed(a);
    int stepBX = fixed(b);
    int stepAY = fixed(d);
    int stepBY = fixed(e);
    int rowX = fixed(c + a * 0.5 + b * 0.5);
    int rowY = fixed(f + d * 0.5 + e * 0.5);
    for (int y = 0; y < image.height(); y++, rowX += stepBX, rowY += stepBY) {
      int sourceX = rowX;
      int sourceY = rowY;
      for (int x = 0; x < image.width(); x++, sourceX += stepAX, sourceY += stepAY) {
        copy(
            image,
            sourceX >> FRACTION,
            sourceY >> FRACTION,
            target,
            (y * image.width() + x) * channels);
      }
    }
  }

  private void checkFixed(Canvas image) {
    double reach =
        Math.max(
            Math.abs(a) * image.width() + Math.abs(b) * image.height() + Math.abs(c),
            Math.abs(d) * image.width() + Math.abs(e) * image.height() + Math.abs(f));
    Checks.check(
        reach < LARGEST_FIXED,
        "an image of %d x %d is too large to be transformed",
        image.width(),
        image.height());
  }

  private static int fixed(double value) {
    return (int) Math.floor(value * ONE + 0.5);
  }

  private static void copy(Canvas image, int x, int y, byte[] target, int to) {
    if (x >= 0 && x < image.width() && y >= 0 && y < image.height()) {
      int channels = image.channels();
      int from = (y * image.width() + x) * channels;
      for (int i = 0; i < channels; i++) {
        target[to + i] = image.pixels()[from + i];
      }
    }
  }
}
