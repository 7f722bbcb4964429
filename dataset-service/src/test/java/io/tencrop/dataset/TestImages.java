package io.tencrop.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Small images of one grey, for tests. */
public final class TestImages {
  private TestImages() {}

  /** An image as PNG. */
  public static byte[] png(int height, int width, int grey) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, grey * 0x010101);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** A PNG whose header can be read and whose pixels cannot. */
  public static byte[] damagedPng(int height, int width) throws IOException {
    byte[] png = png(height, width, 1);
    int data = new String(png, StandardCharsets.ISO_8859_1).indexOf("IDAT") + 4;
    Arrays.fill(png, data, data + 8, (byte) 0xff);
    return png;
  }

  /** The same to a file, whose directories are made. */
  public static void write(Path file, int height, int width, int grey) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, png(height, width, grey));
  }
}
