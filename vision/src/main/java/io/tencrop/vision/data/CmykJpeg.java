package io.tencrop.vision.data;

import java.awt.image.Raster;

/**
 * The colours of JPEG images of four components, with the arithmetic of libjpeg and of Pillow's
 * {@code convert("RGB")}: simple and without profiles. Their values are taken to be inverted (255
 * is no ink), as by Pillow: Adobe's programs write them so, and hardly anything else writes such
 * files.
 */
final class CmykJpeg {
  // Of YCbCr to RGB, in 16-bit fixed point, as libjpeg computes it (jdcolor.c).
  private static final int CR_TO_RED = 91881;
  private static final int CB_TO_GREEN = 22554;
  private static final int CR_TO_GREEN = 46802;
  private static final int CB_TO_BLUE = 116130;
  private static final int HALF = 1 << 15;

  private CmykJpeg() {}

  /**
   * The image in RGB.
   *
   * @param samples of the file, not converted: four bands
   * @param ycck the first three are luma and chroma of the colours' complement
   */
  static Bitmap bitmap(Raster samples, boolean ycck) {
    int width = samples.getWidth();
    int height = samples.getHeight();
    byte[] rgb = new byte[width * height * 3];
    int[] row = new int[4 * width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      samples.getPixels(samples.getMinX(), samples.getMinY() + y, width, 1, row);
      for (int x = 0; x < 4 * width; x += 4) {
        if (ycck) {
          toCmy(row, x);
        }
        for (int c = 0; c < 3; c++) {
          rgb[at++] = (byte) withBlack(row[x + c], row[x + 3]);
        }
      }
    }
    return new Bitmap(height, width, 3, rgb);
  }

  private static void toCmy(int[] row, int x) {
    int luma = row[x];
    int cb = row[x + 1] - 128;
    int cr = row[x + 2] - 128;
    row[x] = 255 - (luma + (CR_TO_RED * cr + HALF >> 16));
    row[x + 1] = 255 - (luma + (-CB_TO_GREEN * cb - CR_TO_GREEN * cr + HALF >> 16));
    row[x + 2] = 255 - (luma + (CB_TO_BLUE * cb + HALF >> 16));
    for (int c = 0; c < 3; c++) {
      row[x + c] = Math.max(0, Math.min(255, row[x + c]));
    }
  }

  /** Of an inverted ink and inverted black: Pillow's cmyk2rgb. */
  private static int withBlack(int ink, int black) {
    int product = (255 - ink) * black + 128;
    int rounded = (product >> 8) + product >> 8;
    return Math.max(0, black - rounded);
  }
}
