package io.tencrop.vision.fuzz;

import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageDecoder;
import io.tencrop.vision.data.ImageFormatException;
import io.tencrop.vision.data.ImageSize;
import java.io.IOException;
import java.util.List;

/** Images of all formats. */
final class ImageTarget implements FuzzTarget {
  /** Larger ones are allowed, and take their time. */
  private static final long MAX_PIXELS = 1 << 20;

  @Override
  public List<byte[]> seeds() throws IOException {
    return Inputs.images();
  }

  @Override
  public void read(byte[] input) {
    try {
      ImageSize size = ImageDecoder.size(input);
      if ((long) size.height() * size.width() <= MAX_PIXELS) {
        Bitmap image = ImageDecoder.decode(input);
        if (image.height() != size.height() || image.width() != size.width()) {
          throw new IllegalStateException("announced were " + size);
        }
      }
    } catch (ImageFormatException e) {
      return; // as it should be
    }
  }
}
