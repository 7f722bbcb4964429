package io.tencrop.vision.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Encodes images as PNG, every pixel as it is. */
public final class PngEncoder {
  private PngEncoder() {}

  /** The image's file. */
  public static byte[] encode(Bitmap image) {
    boolean grey = image.channels() == 1;
    BufferedImage buffered =
        new BufferedImage(
            image.width(),
            image.height(),
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    // The raster takes samples in the order of the bands, without a conversion of colours.
    int[] samples = new int[image.data().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = image.data()[i] & 0xff;
    }
    buffered.getRaster().setPixels(0, 0, image.width(), image.height(), samples);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(buffered, "png", out)) {
        throw new IllegalStateException("the platform writes no PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
