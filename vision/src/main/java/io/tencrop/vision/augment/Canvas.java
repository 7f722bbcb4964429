package io.tencrop.vision.augment;

import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.Resampling;
import java.util.Arrays;

/**
 * An image that is changed step by step, uint8 {@code [height, width, channels]}, in memory that is
 * used again for the next image.
 */
public final class Canvas {
  private final int channels;
  private final Resampling resampling = new Resampling();
  private int height;
  private int width;
  private byte[] pixels = {};
  private byte[] spare = {};
  private byte[] scratch = {};

  Canvas(int channels) {
    this.channels = channels;
  }

  static Canvas of(Bitmap image) {
    Canvas canvas = new Canvas(image.channels());
    canvas.load(image);
    return canvas;
  }

  private void check(Bitmap image) {
    if (image.channels() != channels) {
      throw new IllegalArgumentException(
          "an image with %d channels, not %d".formatted(image.channels(), channels));
    }
  }

  void load(Bitmap image) {
    check(image);
    height = image.height();
    width = image.width();
    if (pixels.length < bytes()) {
      pixels = new byte[bytes()];
    }
    System.arraycopy(image.data(), 0, pixels, 0, bytes());
  }

  void load(ImageSet images, int index, Crop crop) {
    height = crop.height();
    width = crop.width();
    if (pixels.length < bytes()) {
      pixels = new byte[bytes()];
    }
    images.copyCrop(index, crop, pixels, 0);
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int channels() {
    return channels;
  }

  /** How many bytes the image has; {@link #pixels} may have more. */
  int bytes() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  byte[] pixels() {
    return pixels;
  }

  /** Memory for another image, to be made the image by {@link #swap}. */
  byte[] spare(int newHeight, int newWidth) {
    int needed = Math.multiplyExact(Math.multiplyExact(newHeight, newWidth), channels);
    if (spare.length < needed) {
      spare = new byte[needed];
    }
    return spare;
  }

  /** Memory for anything, so many bytes, until it is asked for again. */
  byte[] scratch(int bytes) {
    if (scratch.length < bytes) {
      scratch = new byte[bytes];
    }
    return scratch;
  }

  /** Makes what was written to {@link #spare} the image. */
  void swap(int newHeight, int newWidth) {
    byte[] old = pixels;
    pixels = spare;
    spare = old;
    height = newHeight;
    width = newWidth;
  }

  /** Makes a part of the image, resized, the image. */
  void resize(Rectangle part, int newHeight, int newWidth) {
    resize(pixels, width, part, newHeight, newWidth);
  }

  /** Makes a part of another image, resized, the image. */
  void resize(Bitmap other, Rectangle part, int newHeight, int newWidth) {
    check(other);
    resize(other.data(), other.width(), part, newHeight, newWidth);
  }

  private void resize(byte[] from, int fromWidth, Rectangle part, int newHeight, int newWidth) {
    int stride = fromWidth * channels;
    resampling.bilinear(
        new Resampling.Source(
            from,
            part.top() * stride + part.left() * channels,
            stride,
            part.height(),
            part.width(),
            channels),
        spare(newHeight, newWidth),
        newHeight,
        newWidth);
    swap(newHeight, newWidth);
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(pixels, 0, target, offset, bytes());
  }

  Bitmap bitmap() {
    return new Bitmap(height, width, channels, Arrays.copyOf(pixels, bytes()));
  }
}
