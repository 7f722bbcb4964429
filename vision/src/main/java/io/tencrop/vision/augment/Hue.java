package io.tencrop.vision.augment;

/**
 * Turns hues as PIL does by way of its HSV, to the bit, with tables in place of divisions and
 * branches. What PIL computes in float32 and float64 is computed once for each entry.
 */
final class Hue {
  private static final int LEVELS = 256;
  private static final int SECTORS = 6;

  /** Of 255, by the order of the channels, by greatest - least, by greatest - middle. */
  private static final byte[] HUE = hues();

  /** By the greatest value and greatest - least: the saturation, of 255. */
  private static final byte[] SATURATION = new byte[LEVELS * LEVELS];

  /** By the same: the new least value. */
  private static final byte[] LEAST = new byte[LEVELS * LEVELS];

  /** By saturation: from 0 to 1. */
  private static final float[] SHARE = new float[LEVELS];

  // By hue: how far it is within a sector that ends, and how far from the end of one that begins.
  private static final float[] FALLING = new float[LEVELS];
  private static final double[] RISING = new double[LEVELS];

  // By hue: factors that shift the greatest, the least and the middle value to their channels.
  private static final int[] GREATEST_TO = new int[LEVELS];
  private static final int[] LEAST_TO = new int[LEVELS];
  private static final int[] MIDDLE_TO = new int[LEVELS];

  private static final int RED = 1;
  private static final int GREEN = 1 << 8;
  private static final int BLUE = 1 << 16;

  static {
    for (int i = 0; i < LEVELS; i++) {
      SHARE[i] = (float) (i / 255.0);
    }
    for (int greatest = 1; greatest < LEVELS; greatest++) {
      for (int spread = 0; spread <= greatest; spread++) {
        int saturation = (int) ((float) spread / greatest * 255.0);
        int at = greatest << 8 | spread;
        SATURATION[at] = (byte) saturation;
        LEAST[at] = (byte) (int) (greatest * (1.0 - SHARE[saturation]) + 0.5);
      }
    }
    for (int hue = 0; hue < LEVELS; hue++) {
      double sixths = hue * 6.0 / 255.0;
      int sector = (int) sixths;
      float within = (float) (sixths - sector);
      place(hue, sector % SECTORS);
      if (sector % 2 == 0) {
        RISING[hue] = 1.0 - within;
      } else {
        FALLING[hue] = within;
      }
    }
  }

  private Hue() {}

  private static void place(int hue, int sector) {
    switch (sector) {
      case 0 -> place(hue, RED, GREEN, BLUE);
      case 1 -> place(hue, GREEN, RED, BLUE);
      case 2 -> place(hue, GREEN, BLUE, RED);
      case 3 -> place(hue, BLUE, GREEN, RED);
      case 4 -> place(hue, BLUE, RED, GREEN);
      default -> place(hue, RED, BLUE, GREEN);
    }
  }

  private static void place(int hue, int greatest, int middle, int least) {
    GREATEST_TO[hue] = greatest;
    MIDDLE_TO[hue] = middle;
    LEAST_TO[hue] = least;
  }

  private static byte[] hues() {
    byte[] hues = new byte[8 << 16];
    for (int spread = 1; spread < LEVELS; spread++) {
      for (int distance = 0; distance <= spread; distance++) {
        float share = (float) distance / spread;
        int at = spread << 8 | distance;
        hues[order(2, 1, 0) | at] = hue(1f - share);
        hues[order(2, 0, 1) | at] = hue(share - 1f);
        hues[order(1, 2, 0) | at] = hue((float) (2.0 + share - 1f));
        hues[order(0, 2, 1) | at] = hue((float) (2.0 + 1f - share));
        hues[order(0, 1, 2) | at] = hue((float) (4.0 + share - 1f));
        hues[order(1, 0, 2) | at] = hue((float) (4.0 + 1f - share));
      }
    }
    return hues;
  }

  private static byte hue(float sector) {
    double turns = sector / 6.0 + 1.0;
    float hue = (float) (turns >= 1 ? turns - 1 : turns);
    return (byte) (int) (hue * 255.0);
  }

  /** Which channels are greater than which, as the upper bits of an index of {@link #HUE}. */
  private static int order(int red, int green, int blue) {
    return (red - green >>> 31 | (green - blue >>> 31) << 1 | (red - blue >>> 31) << 2) << 16;
  }

  /**
   * Turns all pixels.
   *
   * @param rgb red, green and blue in turns, so many bytes
   * @param turned of 255, by how much
   */
  static void turn(byte[] rgb, int bytes, int turned) {
    for (int i = 0; i < bytes - 2; i += 3) {
      int red = rgb[i] & 0xff;
      int green = rgb[i + 1] & 0xff;
      int blue = rgb[i + 2] & 0xff;
      int greatest = Math.max(red, Math.max(green, blue));
      int least = Math.min(red, Math.min(green, blue));
      int middle = red + green + blue - greatest - least;
      int spread = greatest - least;
      int hue = HUE[order(red, green, blue) | spread << 8 | greatest - middle] + turned & 0xff;
      int at = greatest << 8 | spread;
      float saturation = SHARE[SATURATION[at] & 0xff];
      double missing = saturation * RISING[hue] + saturation * FALLING[hue];
      int newMiddle = (int) (greatest * (1.0 - missing) + 0.5);
      int pixel =
          greatest * GREATEST_TO[hue]
              + newMiddle * MIDDLE_TO[hue]
              + (LEAST[at] & 0xff) * LEAST_TO[hue];
      rgb[i] = (byte) pixel;
      rgb[i + 1] = (byte) (pixel >> 8);
      rgb[i + 2] = (byte) (pixel >> 16);
    }
  }
}
