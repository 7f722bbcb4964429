package io.tencrop.vision.data;

/**
 * How the stored rows and columns of an image are to be shown: the values of EXIF's tag 274, whose
 * names tell what is done to the stored image.
 */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  ROTATED_180,
  FLIPPED,
  TRANSPOSED,
  ROTATED_RIGHT,
  TRANSVERSED,
  ROTATED_LEFT;

  /** That of a tag's value; upright when there is none such. */
  static Orientation of(int exif) {
    Orientation[] all = values();
    return exif >= 1 && exif <= all.length ? all[exif - 1] : UPRIGHT;
  }

  private boolean swapsSides() {
    return ordinal() >= TRANSPOSED.ordinal();
  }

  /** Of the image as it is shown. */
  ImageSize size(ImageSize stored) {
    return swapsSides() ? new ImageSize(stored.width(), stored.height()) : stored;
  }

  /** The image as it is shown. */
  Bitmap apply(Bitmap stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    ImageSize size = size(new ImageSize(stored.height(), stored.width()));
    int channels = stored.channels();
    byte[] from = stored.data();
    byte[] to = new byte[from.length];
    int at = 0;
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        int pixel = (row(y, x, stored) * stored.width() + column(y, x, stored)) * channels;
        for (int c = 0; c < channels; c++) {
          to[at++] = from[pixel + c];
        }
      }
    }
    return new Bitmap(size.height(), size.width(), channels, to);
  }

  /** In the stored image, of the pixel that is shown at y, x. */
  private int row(int y, int x, Bitmap stored) {
    return switch (this) {
      case UPRIGHT, MIRRORED -> y;
      case ROTATED_180, FLIPPED -> stored.height() - 1 - y;
      case TRANSPOSED, ROTATED_LEFT -> x;
      case ROTATED_RIGHT, TRANSVERSED -> stored.height() - 1 - x;
    };
  }

  private int column(int y, int x, Bitmap stored) {
    return switch (this) {
      case UPRIGHT, FLIPPED -> x;
      case MIRRORED, ROTATED_180 -> stored.width() - 1 - x;
      case TRANSPOSED, ROTATED_RIGHT -> y;
      case TRANSVERSED, ROTATED_LEFT -> stored.width() - 1 - y;
    };
  }
}
