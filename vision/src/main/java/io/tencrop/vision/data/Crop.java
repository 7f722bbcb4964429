package io.tencrop.vision.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of an image, in pixels.
 *
 * @param mirrored left and right exchanged, after cropping
 */
public record Crop(int top, int left, int height, int width, boolean mirrored) {
  public Crop {
    if (top < 0 || left < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "crop of %dx%d at (%d, %d)".formatted(height, width, top, left));
    }
  }

  /** The whole image. */
  public static Crop whole(int height, int width) {
    return new Crop(0, 0, height, width, false);
  }

  /**
   * The square in the centre; {@code torchvision.transforms.functional.center_crop}, which rounds
   * half to even.
   *
   * @throws IllegalArgumentException when the image is smaller
   */
  public static Crop center(int height, int width, int size) {
    checkFits(height, width, size);
    int top = (int) Math.rint((height - size) / 2.0);
    int left = (int) Math.rint((width - size) / 2.0);
    return new Crop(top, left, size, size, false);
  }

  /**
   * Copies this part of an image, {@code [height, width, channels]}.
   *
   * @param pixels {@code [image.height, image.width, channels]} from {@code from} on
   * @param target written from {@code offset} on
   * @throws IndexOutOfBoundsException when the crop is not within the image, or the target too
   *     short
   */
  void copy(ByteBuffer pixels, int from, ImageSize image, int channels, byte[] target, int offset) {
    if (top + height > image.height() || left + width > image.width()) {
      throw new IndexOutOfBoundsException(
          "%s is not within an image of %dx%d".formatted(this, image.height(), image.width()));
    }
    int stride = image.width() * channels;
    int rowBytes = width * channels;
    int begin = from + top * stride + left * channels;
    if (rowBytes == stride && !mirrored) {
      pixels.get(begin, target, offset, height * stride);
      return;
    }
    for (int y = 0; y < height; y++) {
      int to = offset + y * rowBytes;
      pixels.get(begin + y * stride, target, to, rowBytes);
      if (mirrored) {
        mirror(target, to, channels);
      }
    }
  }

  private void mirror(byte[] row, int start, int channels) {
    for (int first = 0, last = width - 1; first < last; first++, last--) {
      for (int c = 0; c < channels; c++) {
        int a = start + first * channels + c;
        int b = start + last * channels + c;
        byte swapped = row[a];
        row[a] = row[b];
        row[b] = swapped;
      }
    }
  }

  /** The same rectangle with left and right exchanged. */
  public Crop mirror() {
    return new Crop(top, left, height, width, !mirrored);
  }

  /**
   * Top left, top right, bottom left, bottom right, centre, and the same mirrored: {@code
   * torchvision.transforms.functional.ten_crop}, in its order. Torchvision mirrors the image before
   * it crops, so its sixth is the mirrored image's top left, which is the mirrored top right crop.
   *
   * @throws IllegalArgumentException when the image is smaller
   */
  public static List<Crop> tenCrop(int height, int width, int size) {
    checkFits(height, width, size);
    int bottom = height - size;
    int right = width - size;
    Crop center = center(height, width, size);
    List<Crop> crops = new ArrayList<>(10);
    crops.add(new Crop(0, 0, size, size, false));
    crops.add(new Crop(0, right, size, size, false));
    crops.add(new Crop(bottom, 0, size, size, false));
    crops.add(new Crop(bottom, right, size, size, false));
    crops.add(center);
    for (Crop crop : List.copyOf(crops)) {
      crops.add(
          new Crop(crop.top(), width - size - crop.left(), crop.height(), crop.width(), true));
    }
    return crops;
  }

  private static void checkFits(int height, int width, int size) {
    if (size < 1 || size > height || size > width) {
      throw new IllegalArgumentException(
          "a crop of %dx%d does not fit an image of %dx%d".formatted(size, size, height, width));
    }
  }
}
