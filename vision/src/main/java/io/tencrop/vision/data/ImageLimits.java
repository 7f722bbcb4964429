package io.tencrop.vision.data;

/** Sizes that are refused before an image is decoded. */
final class ImageLimits {
  private static final int MAX_SIDE = 16384;
  private static final long MAX_PIXELS = 64L << 20;

  private ImageLimits() {}

  /**
   * The size, which is allowed.
   *
   * @throws ImageFormatException when there are more than 16,384 pixels on a side or 64 Mi in all
   */
  static ImageSize checked(int height, int width) throws ImageFormatException {
    if (width < 1
        || height < 1
        || width > MAX_SIDE
        || height > MAX_SIDE
        || (long) width * height > MAX_PIXELS) {
      throw new ImageFormatException(
          "an image of %d x %d pixels is too large: at most %d on a side and %d in all"
              .formatted(width, height, MAX_SIDE, MAX_PIXELS),
          null);
    }
    return new ImageSize(height, width);
  }
}
