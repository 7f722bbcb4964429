package io.tencrop.vision.data;

import java.nio.ByteBuffer;

/**
 * An image in memory: uint8, channels last, rows from the top.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param data {@code [height, width, channels]}
 */
public record Bitmap(int height, int width, int channels, byte[] data) {
  // ITU-R 601 luma in 16-bit fixed point, as PIL computes its mode L.
  private static final int RED = 19595;
  private static final int GREEN = 38470;
  private static final int BLUE = 7471;
  private static final int HALF = 0x8000;

  /** Of an image on its way; only a very long one comes near it. */
  private static final long MAX_RESIZED = 64L << 20;

  public Bitmap {
    if (height < 1 || width < 1 || channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "an image of %dx%d with %d channels".formatted(height, width, channels));
    }
    if (data.length != (long) height * width * channels) {
      throw new IllegalArgumentException(
          "%d bytes for an image of %dx%d with %d channels"
              .formatted(data.length, height, width, channels));
    }
  }

  /**
   * With 1 or 3 channels: grey becomes RGB by copying, RGB becomes grey by its luma (ITU-R 601,
   * with PIL's rounding).
   */
  public Bitmap withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int pixels = height * width;
    byte[] converted = new byte[Math.multiplyExact(pixels, wanted)];
    for (int i = 0; i < pixels; i++) {
      if (wanted == 1) {
        converted[i] =
            (byte) luma(data[3 * i] & 0xff, data[3 * i + 1] & 0xff, data[3 * i + 2] & 0xff);
      } else {
        converted[3 * i] = data[i];
        converted[3 * i + 1] = data[i];
        converted[3 * i + 2] = data[i];
      }
    }
    return new Bitmap(height, width, wanted, converted);
  }

  /** The grey level of a colour: ITU-R 601, with PIL's rounding. */
  public static int luma(int red, int green, int blue) {
    return (red * RED + green * GREEN + blue * BLUE + HALF) >> 16;
  }

  /**
   * A part of the image.
   *
   * @throws IndexOutOfBoundsException when the crop is not within the image
   */
  public Bitmap cropped(Crop crop) {
    if (crop.mirrored()) {
      throw new IllegalArgumentException("a mirrored crop");
    }
    if (crop.top() + crop.height() > height || crop.left() + crop.width() > width) {
      throw new IndexOutOfBoundsException(
          "%s is not within an image of %dx%d".formatted(crop, height, width));
    }
    int rowBytes = crop.width() * channels;
    byte[] part = new byte[crop.height() * rowBytes];
    for (int y = 0; y < crop.height(); y++) {
      int from = ((crop.top() + y) * width + crop.left()) * channels;
      System.arraycopy(data, from, part, y * rowBytes, rowBytes);
    }
    return new Bitmap(crop.height(), crop.width(), channels, part);
  }

  /** Copies a part of the image as {@link ImageSet#copyCrop} does. */
  public void copyCrop(Crop crop, byte[] target, int offset) {
    crop.copy(ByteBuffer.wrap(data), 0, new ImageSize(height, width), channels, target, offset);
  }

  /** Resized, see {@link Resampling}. */
  public Bitmap resized(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    byte[] resized =
        new byte[Math.multiplyExact(Math.multiplyExact(newHeight, newWidth), channels)];
    new Resampling()
        .bilinear(
            new Resampling.Source(data, 0, width * channels, height, width, channels),
            resized,
            newHeight,
            newWidth);
    return new Bitmap(newHeight, newWidth, channels, resized);
  }

  /**
   * Resized, then a square cut from its centre unless it has the wanted size by then: {@code
   * torchvision.transforms.Resize} and {@code CenterCrop}.
   *
   * @param resized before the centre is cut out
   * @param wanted a square, or equal to {@code resized}
   * @throws ImageFormatException when it would be resized to more than 64 Mi pixels, which a very
   *     long image is when its proportions stay, or the square does not fit
   */
  public Bitmap framed(ImageSize resized, ImageSize wanted) throws ImageFormatException {
    if ((long) resized.height() * resized.width() > MAX_RESIZED) {
      throw new ImageFormatException(
          "%d x %d pixels would be %s when resized to the shorter side, which is too much"
              .formatted(width, height, resized),
          null);
    }
    boolean square = wanted.height() == wanted.width();
    if (!resized.equals(wanted)
        && (!square || wanted.height() > Math.min(resized.height(), resized.width()))) {
      throw new ImageFormatException(
          "%d x %d pixels cannot become %s".formatted(width, height, wanted), null);
    }
    Bitmap image = resized(resized.height(), resized.width());
    return resized.equals(wanted)
        ? image
        : image.cropped(Crop.center(image.height(), image.width(), wanted.height()));
  }
}
