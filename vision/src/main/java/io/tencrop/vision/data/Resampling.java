package io.tencrop.vision.data;

/**
 * Antialiased bilinear resizing, to the bit as PIL does it (and torchvision with it): a triangle
 * filter whose support grows with the ratio when the image shrinks, first along rows, then along
 * columns, each pass in fixed point and rounded to uint8. (Pillow from 12 on sometimes begins with
 * the columns, which changes single values by one.)
 */
final class Resampling {
  private static final int PRECISION = 32 - 8 - 2;
  private static final int ROUND = 1 << (PRECISION - 1);

  private Resampling() {}

  static Bitmap bilinear(Bitmap image, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("resize to %dx%d".formatted(height, width));
    }
    Bitmap rows = image.width() == width ? image : alongRows(image, width);
    return rows.height() == height ? rows : alongColumns(rows, height);
  }

  /**
   * Which source pixels make a target pixel, and how much each.
   *
   * @param first per target: the first source pixel
   * @param weights per target, fixed point
   */
  private record Filter(int[] first, int[][] weights) {
    static Filter of(int from, int to) {
      double scale = (double) from / to;
      double support = Math.max(scale, 1);
      int[] first = new int[to];
      int[][] weights = new int[to][];
      for (int target = 0; target < to; target++) {
        double center = (target + 0.5) * scale;
        int low = Math.max((int) (center - support + 0.5), 0);
        int high = Math.min((int) (center + support + 0.5), from);
        first[target] = low;
        weights[target] = weights(low, high, center, support);
      }
      return new Filter(first, weights);
    }

    private static int[] weights(int low, int high, double center, double support) {
      double[] triangle = new double[high - low];
      double inverse = 1 / support;
      double sum = 0;
      for (int i = 0; i < triangle.length; i++) {
        double distance = Math.abs((i + low - center + 0.5) * inverse);
        triangle[i] = Math.max(1 - distance, 0);
        sum += triangle[i];
      }
      int[] weights = new int[triangle.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (int) (0.5 + triangle[i] / sum * (1 << PRECISION));
      }
      return weights;
    }
  }

  private static Bitmap alongRows(Bitmap image, int width) {
    Filter filter = Filter.of(image.width(), width);
    int channels = image.channels();
    byte[] source = image.data();
    byte[] target = new byte[Math.multiplyExact(image.height() * channels, width)];
    int out = 0;
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width() * channels;
      for (int x = 0; x < width; x++) {
        int[] weights = filter.weights()[x];
        int start = row + filter.first()[x] * channels;
        if (channels == 3) {
          weightedColor(source, start, weights, target, out);
        } else {
          target[out] = weighted(source, start, 1, weights);
        }
        out += channels;
      }
    }
    return new Bitmap(image.height(), width, channels, target);
  }

  private static Bitmap alongColumns(Bitmap image, int height) {
    Filter filter = Filter.of(image.height(), height);
    int stride = image.width() * image.channels();
    byte[] source = image.data();
    byte[] target = new byte[Math.multiplyExact(stride, height)];
    int out = 0;
    for (int y = 0; y < height; y++) {
      int[] weights = filter.weights()[y];
      int start = filter.first()[y] * stride;
      for (int i = 0; i < stride; i++) {
        target[out++] = weighted(source, start + i, stride, weights);
      }
    }
    return new Bitmap(height, image.width(), image.channels(), target);
  }

  private static void weightedColor(
      byte[] source, int start, int[] weights, byte[] target, int out) {
    int red = ROUND;
    int green = ROUND;
    int blue = ROUND;
    int position = start;
    for (int weight : weights) {
      red += (source[position] & 0xff) * weight;
      green += (source[position + 1] & 0xff) * weight;
      blue += (source[position + 2] & 0xff) * weight;
      position += 3;
    }
    target[out] = clipped(red);
    target[out + 1] = clipped(green);
    target[out + 2] = clipped(blue);
  }

  private static byte clipped(int sum) {
    return (byte) Math.min(Math.max(sum >> PRECISION, 0), 255);
  }

  private static byte weighted(byte[] source, int start, int step, int[] weights) {
    int sum = ROUND;
    int position = start;
    for (int weight : weights) {
      sum += (source[position] & 0xff) * weight;
      position += step;
    }
    return clipped(sum);
  }
}
