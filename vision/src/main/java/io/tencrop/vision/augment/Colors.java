package io.tencrop.vision.augment;

import io.tencrop.vision.data.Bitmap;

/**
 * Torchvision's adjustments of colour, to the bit as its PIL backend computes them ({@code
 * ImageEnhance}, {@code ImageOps}, the HSV of {@code Image.convert}): between images in float32,
 * rounded down to uint8.
 */
final class Colors {
  private static final int LEVELS = 256;
  private static final int RGB = 3;

  /** A float32 sum below 1024 that is so little below a whole number might be rounded up to it. */
  private static final double NEARLY_ONE = 1 - 1.0 / (1 << 13);

  private static final float SMOOTH_SIDE = 1 / 13f;
  private static final float SMOOTH_CENTER = 5 / 13f;

  private Colors() {}

  /** {@code adjust_brightness}: between black (0) and the image (1), and beyond. */
  static void brightness(Canvas image, double factor) {
    byte[] table = new byte[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      table[i] = blend(0, i, (float) factor);
    }
    map(image, table);
  }

  /** {@code adjust_contrast}: between the mean grey (0) and the image (1), and beyond. */
  static void contrast(Canvas image, double factor) {
    int mean = (int) (meanLuma(image) + 0.5);
    byte[] table = new byte[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      table[i] = blend(mean, i, (float) factor);
    }
    map(image, table);
  }

  private static double meanLuma(Canvas image) {
    byte[] pixels = image.pixels();
    long sum = 0;
    for (int i = 0; i < image.bytes(); i += image.channels()) {
      sum += image.channels() == RGB ? luma(pixels, i) : pixels[i] & 0xff;
    }
    return (double) sum / (image.height() * image.width());
  }

  private static int luma(byte[] pixels, int at) {
    return Bitmap.luma(pixels[at] & 0xff, pixels[at + 1] & 0xff, pixels[at + 2] & 0xff);
  }

  /** {@code adjust_saturation}: between the grey image (0) and the image (1), and beyond. */
  static void saturation(Canvas image, double factor) {
    if (image.channels() != RGB) {
      return;
    }
    int[] steps = steps((float) factor);
    byte[] pixels = image.pixels();
    int bytes = image.bytes();
    if (steps.length == 0) {
      exactSaturation(pixels, bytes, (float) factor);
      return;
    }
    for (int i = 0; i < bytes - 2; i += RGB) {
      int red = pixels[i] & 0xff;
      int green = pixels[i + 1] & 0xff;
      int blue = pixels[i + 2] & 0xff;
      int luma = Bitmap.luma(red, green, blue);
      int zero = LEVELS - luma;
      pixels[i] = clipped(luma + steps[zero + red]);
      pixels[i + 1] = clipped(luma + steps[zero + green]);
      pixels[i + 2] = clipped(luma + steps[zero + blue]);
    }
  }

  private static byte clipped(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  /**
   * By a difference + 256, how far a blend goes from the one value to the other, rounded down;
   * empty when the rounding of a float32 sum could make it one level more.
   */
  private static int[] steps(float share) {
    int[] steps = new int[2 * LEVELS];
    for (int difference = 1 - LEVELS; difference < LEVELS; difference++) {
      float step = share * difference;
      double floor = Math.floor(step);
      if (step - floor > NEARLY_ONE) {
        return new int[0];
      }
      steps[LEVELS + difference] = (int) floor;
    }
    return steps;
  }

  private static void exactSaturation(byte[] pixels, int bytes, float factor) {
    for (int i = 0; i < bytes; i += RGB) {
      int luma = luma(pixels, i);
      for (int c = i; c < i + RGB; c++) {
        pixels[c] = blend(luma, pixels[c] & 0xff, factor);
      }
    }
  }

  /** {@code rgb_to_grayscale} with as many channels as the image has. */
  static void grayscale(Canvas image) {
    saturation(image, 0);
  }

  /** {@code adjust_sharpness}: between the smoothed image (0) and the image (1), and beyond. */
  static void sharpness(Canvas image, double factor) {
    int height = image.height();
    int width = image.width();
    int channels = image.channels();
    int stride = width * channels;
    byte[] source = image.pixels();
    byte[] target = image.spare(height, width);
    System.arraycopy(source, 0, target, 0, image.bytes());
    for (int y = 1; y < height - 1; y++) {
      for (int i = y * stride + channels; i < (y + 1) * stride - channels; i++) {
        float smooth = 0.5f;
        smooth += row(source, i + stride, channels, SMOOTH_SIDE);
        smooth += row(source, i, channels, SMOOTH_CENTER);
        smooth += row(source, i - stride, channels, SMOOTH_SIDE);
        target[i] = blend((int) smooth, source[i] & 0xff, (float) factor);
      }
    }
    image.swap(height, width);
  }

  private static float row(byte[] source, int at, int channels, float center) {
    return (source[at - channels] & 0xff) * SMOOTH_SIDE
        + (source[at] & 0xff) * center
        + (source[at + channels] & 0xff) * SMOOTH_SIDE;
  }

  /** PIL's {@code Image.blend} of two values. */
  private static byte blend(int from, int to, float share) {
    float value = from + share * (to - from);
    return (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) value);
  }

  /**
   * {@code adjust_hue}.
   *
   * @param shift of the hue, of which 1 is the whole circle, in [-0.5, 0.5]
   */
  static void hue(Canvas image, double shift) {
    if (image.channels() != RGB) {
      return;
    }
    Hue.turn(image.pixels(), image.bytes(), (int) (shift * 255));
  }

  /** {@code posterize}: keeps the first {@code bits} of each value. */
  static void posterize(Canvas image, int bits) {
    int mask = -(1 << (8 - bits));
    byte[] table = new byte[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      table[i] = (byte) (i & mask);
    }
    map(image, table);
  }

  /** {@code solarize}: inverts values from {@code threshold} on. */
  static void solarize(Canvas image, double threshold) {
    byte[] table = new byte[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      table[i] = (byte) (i < threshold ? i : 255 - i);
    }
    map(image, table);
  }

  /** {@code autocontrast}: stretches each channel to the whole range. */
  static void autocontrast(Canvas image) {
    for (int c = 0; c < image.channels(); c++) {
      int[] histogram = histogram(image, c);
      int low = 0;
      while (histogram[low] == 0) {
        low++;
      }
      int high = LEVELS - 1;
      while (histogram[high] == 0) {
        high--;
      }
      if (high > low) {
        map(image, c, stretched(low, high));
      }
    }
  }

  private static byte[] stretched(int low, int high) {
    double scale = 255.0 / (high - low);
    double offset = -low * scale;
    byte[] table = new byte[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      table[i] = (byte) Math.min(255, Math.max(0, (int) (i * scale + offset)));
    }
    return table;
  }

  /** {@code equalize}: spreads each channel's values evenly. */
  static void equalize(Canvas image) {
    for (int c = 0; c < image.channels(); c++) {
      int[] histogram = histogram(image, c);
      int last = LEVELS - 1;
      while (histogram[last] == 0) {
        last--;
      }
      int step = (image.height() * image.width() - histogram[last]) / 255;
      if (step == 0) {
        continue;
      }
      byte[] table = new byte[LEVELS];
      int sum = step / 2;
      for (int i = 0; i < LEVELS; i++) {
        table[i] = (byte) Math.min(255, sum / step);
        sum += histogram[i];
      }
      map(image, c, table);
    }
  }

  private static int[] histogram(Canvas image, int channel) {
    int[] histogram = new int[LEVELS];
    for (int i = channel; i < image.bytes(); i += image.channels()) {
      histogram[image.pixels()[i] & 0xff]++;
    }
    return histogram;
  }

  private static void map(Canvas image, byte[] table) {
    byte[] pixels = image.pixels();
    for (int i = 0; i < image.bytes(); i++) {
      pixels[i] = table[pixels[i] & 0xff];
    }
  }

  private static void map(Canvas image, int channel, byte[] table) {
    byte[] pixels = image.pixels();
    for (int i = channel; i < image.bytes(); i += image.channels()) {
      pixels[i] = table[pixels[i] & 0xff];
    }
  }
}
