package io.tencrop.vision.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Takes the pixels out of the platform's images, as they were stored. */
final class Pixels {
  private Pixels() {}

  static Bitmap bitmap(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && image.getRaster().getDataBuffer() instanceof DataBufferByte bytes
        && bytes.getSize() == image.getWidth() * image.getHeight() * 3) {
      return fromBgr(image, bytes.getData());
    }
    int colors = image.getColorModel().getColorSpace().getType();
    if (colors == ColorSpace.TYPE_GRAY) {
      return fromGrey(image);
    }
    boolean samples =
        colors == ColorSpace.TYPE_RGB && image.getColorModel() instanceof ComponentColorModel;
    return samples ? fromSamples(image) : fromRgb(image);
  }

  /** From the depth of the samples to 8 bits. */
  private static int shift(BufferedImage image) {
    return image.getRaster().getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT ? 8 : 0;
  }

  /** The stored values, which the platform's own conversion would change by an ICC profile. */
  private static Bitmap fromSamples(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[width * height * 3];
    int shift = shift(image);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int c = 0; c < 3; c++) {
        image.getRaster().getSamples(0, y, width, 1, c, row);
        for (int x = 0; x < width; x++) {
          rgb[3 * (y * width + x) + c] = (byte) (row[x] >> shift);
        }
      }
    }
    return new Bitmap(height, width, 3, rgb);
  }

  private static Bitmap fromBgr(BufferedImage image, byte[] bgr) {
    byte[] rgb = new byte[bgr.length];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
    return new Bitmap(image.getHeight(), image.getWidth(), 3, rgb);
  }

  /** The stored values, which the platform's own conversion would change by a gamma curve. */
  private static Bitmap fromGrey(BufferedImage image) {
    Raster raster = image.getRaster();
    int shift = shift(image);
    int width = image.getWidth();
    byte[] grey = new byte[width * image.getHeight()];
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        grey[y * width + x] = (byte) (row[x] >> shift);
      }
    }
    return new Bitmap(image.getHeight(), width, 1, grey);
  }

  private static Bitmap fromRgb(BufferedImage image) {
    int width = image.getWidth();
    byte[] rgb = new byte[width * image.getHeight() * 3];
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        rgb[out++] = (byte) (argb >> 16);
        rgb[out++] = (byte) (argb >> 8);
        rgb[out++] = (byte) argb;
      }
    }
    return new Bitmap(image.getHeight(), width, 3, rgb);
  }
}
