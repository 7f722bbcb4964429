package io.tencrop.vision.augment;

import io.tencrop.vision.data.Bitmap;
import java.util.Arrays;
import java.util.List;

/** A part of an image, in pixels; may be empty. */
record Rectangle(int top, int left, int height, int width) {
  /** A copy of this part of the image. */
  Bitmap cut(Canvas image) {
    int channels = image.channels();
    int rowBytes = width * channels;
    byte[] part = new byte[height * rowBytes];
    for (int y = 0; y < height; y++) {
      int from = ((top + y) * image.width() + left) * channels;
      System.arraycopy(image.pixels(), from, part, y * rowBytes, rowBytes);
    }
    return new Bitmap(height, width, channels, part);
  }

  /** Paints it in one colour. */
  void fill(Canvas image, List<Integer> levels) {
    int channels = image.channels();
    byte[] pixels = image.pixels();
    for (int y = top; y < top + height; y++) {
      int from = (y * image.width() + left) * channels;
      int to = from + width * channels;
      if (levels.size() == 1) {
        Arrays.fill(pixels, from, to, levels.get(0).byteValue());
        continue;
      }
      for (int i = from; i < to; i++) {
        pixels[i] = levels.get((i - from) % channels).byteValue();
      }
    }
  }
}
