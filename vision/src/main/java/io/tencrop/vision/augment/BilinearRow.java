package io.tencrop.vision.augment;

/**
 * Rows of a colour image that is transformed with bilinear interpolation, in fixed point: a value
 * is rounded down, and where the fixed point's error might change that, the pixel is computed as
 * PIL does. So the bits are PIL's, in a quarter of the time.
 */
final class BilinearRow {
  static final int CHANNELS = 3;

  /** Of a place in the source. */
  private static final int PLACE_BITS = 40;

  /** Of the share of a neighbour. */
  private static final int SHARE_BITS = 20;

  private static final int SHARE = (1 << SHARE_BITS) - 1;

  /** Of a value after both blends. */
  private static final int VALUE_BITS = 2 * SHARE_BITS;

  private static final long FRACTION = (1L << VALUE_BITS) - 1;

  /** A thousandth of a grey level: twice what the two shares' errors amount to at most. */
  private static final long ERROR = 1L << (VALUE_BITS - 10);

  private final Affine affine;
  private final Canvas image;
  private final byte[] target;
  private final int[] unsure;

  BilinearRow(Affine affine, Canvas image, byte[] target) {
    this.affine = affine;
    this.image = image;
    this.target = target;
    this.unsure = new int[image.width()];
  }

  /** The pixels from one place of a row to another, all of which lie inside of the source. */
  void blend(int y, int from, int to) {
    long stepX = fixed(affine.a());
    long stepY = fixed(affine.d());
    long rowX = fixed(affine.sourceX(0, y) - 0.5);
    long rowY = fixed(affine.sourceY(0, y) - 0.5);
    int first = from;
    int end = to;
    while (first < end && isAtEdge(rowX + first * stepX, rowY + first * stepY)) {
      affine.blend(image, first++, y, target);
    }
    while (first < end && isAtEdge(rowX + (end - 1) * stepX, rowY + (end - 1) * stepY)) {
      affine.blend(image, --end, y, target);
    }
    int count = inner(y, first, end, rowX, rowY, stepX, stepY);
    for (int i = 0; i < count; i++) {
      affine.blend(image, unsure[i], y, target);
    }
  }

  /** Whether one of the four neighbours is missing. */
  private boolean isAtEdge(long placeX, long placeY) {
    int left = (int) (placeX >> PLACE_BITS);
    int upper = (int) (placeY >> PLACE_BITS);
    return (left | upper | image.width() - 2 - left | image.height() - 2 - upper) < 0;
  }

  /** Returns how many of the values may be wrong, which are then in {@link #unsure}. */
  private int inner(int y, int from, int to, long rowX, long rowY, long stepX, long stepY) {
    int stride = image.width() * CHANNELS;
    byte[] source = image.pixels();
    byte[] out = target;
    int[] doubtful = unsure;
    int count = 0;
    int position = y * stride + from * CHANNELS;
    long placeX = rowX + from * stepX;
    long placeY = rowY + from * stepY;
    for (int x = from; x < to; x++) {
      int shareX = (int) (placeX >> PLACE_BITS - SHARE_BITS) & SHARE;
      int shareY = (int) (placeY >> PLACE_BITS - SHARE_BITS) & SHARE;
      int at = (int) (placeY >> PLACE_BITS) * stride + (int) (placeX >> PLACE_BITS) * CHANNELS;
      long red = mix(source, at, stride, shareX, shareY);
      long green = mix(source, at + 1, stride, shareX, shareY);
      long blue = mix(source, at + 2, stride, shareX, shareY);
      out[position] = (byte) (red >> VALUE_BITS);
      out[position + 1] = (byte) (green >> VALUE_BITS);
      out[position + 2] = (byte) (blue >> VALUE_BITS);
      position += CHANNELS;
      placeX += stepX;
      placeY += stepY;
      if ((distance(red) | distance(green) | distance(blue)) < 0) {
        doubtful[count++] = x;
      }
    }
    return count;
  }

  /** Negative when the value is so near to a whole number that it may belong to the other side. */
  private static long distance(long value) {
    return (value + ERROR & FRACTION) - 2 * ERROR;
  }

  private static long fixed(double value) {
    return Math.round(value * (1L << PLACE_BITS));
  }

  private static long mix(byte[] source, int at, int stride, int shareX, int shareY) {
    int above = source[at] & 0xff;
    int below = source[at + stride] & 0xff;
    int upper = (above << SHARE_BITS) + ((source[at + CHANNELS] & 0xff) - above) * shareX;
    int lower = (below << SHARE_BITS) + ((source[at + stride + CHANNELS] & 0xff) - below) * shareX;
    return ((long) upper << SHARE_BITS) + (long) (lower - upper) * shareY;
  }
}
