package io.tencrop.vision.data;

import java.util.Arrays;

/**
 * Antialiased bilinear resizing, to the bit as PIL does it (and torchvision with it): a triangle
 * filter whose support grows with the ratio when the image shrinks, first along rows, then along
 * columns, each pass in fixed point and rounded to uint8. (Pillow from 12 on sometimes begins with
 * the columns, which changes single values by one.) Has memory of its own, which grows with the
 * filter's support and the widths, not with the image; not for several threads at once.
 *
 * <p>Sums need no clipping: weights are not negative and add up to one but for a rounding error. So
 * they have 30 bits, and the halves of a long add up two of them at once.
 */
public final class Resampling {
  static final int PRECISION = 32 - 8 - 2;
  static final int ROUND = 1 << (PRECISION - 1);
  private static final long ROUND_BOTH = (long) ROUND << Integer.SIZE | ROUND;
  private static final int SECOND = Integer.SIZE + PRECISION;

  private final RowPass rowPass = new RowPass();

  /**
   * Ints: rows after the first pass, as many as the second needs at once; row y is at y mod rows.
   */
  private byte[] ring = {};

  private long[] sums = {};

  /**
   * Part of an image.
   *
   * @param start of its first pixel in {@code pixels}
   * @param stride bytes from row to row
   */
  public record Source(byte[] pixels, int start, int stride, int height, int width, int channels) {}

  /**
   * Resizes a part of an image.
   *
   * @param target of at least {@code height * width * channels} bytes
   */
  public void bilinear(Source source, byte[] target, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("resize to %dx%d".formatted(height, width));
    }
    TriangleFilter across = TriangleFilter.of(source.width(), width);
    TriangleFilter down = TriangleFilter.of(source.height(), height);
    int values = width * source.channels();
    int rows = down.taps();
    int rowBytes = Math.multiplyExact((values + 1) / 2, Long.BYTES);
    if (ring.length < Math.multiplyExact(rows, rowBytes)) {
      ring = new byte[rows * rowBytes];
    }
    rowPass.begin(across, source.width());
    int next = 0;
    for (int y = 0; y < height; y++) {
      next = Math.max(next, down.first()[y]);
      int end = Math.min(down.first()[y] + rows, source.height());
      for (; next < end; next++) {
        rowPass.pass(source, next, ring, next % rows * rowBytes);
      }
      alongColumns(down, y, rowBytes, target, y * values, values);
    }
  }

  /** Rows beyond the image have no weight; what the ring holds in their place does not matter. */
  private void alongColumns(
      TriangleFilter filter, int y, int rowBytes, byte[] target, int to, int values) {
    int taps = filter.taps();
    int first = filter.first()[y];
    int weights = y * taps;
    if (taps == TriangleFilter.LEAST_TAPS) {
      fourRows(
          ring,
          first % taps * rowBytes,
          (first + 1) % taps * rowBytes,
          (first + 2) % taps * rowBytes,
          (first + 3) % taps * rowBytes,
          filter.weights(),
          weights,
          target,
          to,
          values);
      return;
    }
    int pairs = (values + 1) / 2;
    if (sums.length < pairs) {
      sums = new long[pairs];
    }
    Arrays.fill(sums, 0, pairs, ROUND_BOTH);
    for (int i = 0; i < taps; i++) {
      add(sums, ring, (first + i) % taps * rowBytes, filter.weights()[weights + i], pairs);
    }
    for (int i = 0; i < values; i++) {
      target[to + i] = (byte) (sums[i / 2] >> ((i & 1) == 0 ? PRECISION : SECOND));
    }
  }

  private static void fourRows(
      byte[] ring,
      int row0,
      int row1,
      int row2,
      int row3,
      int[] weights,
      int from,
      byte[] target,
      int to,
      int values) {
    long w0 = weights[from];
    long w1 = weights[from + 1];
    long w2 = weights[from + 2];
    long w3 = weights[from + 3];
    for (int i = 0; i < values - 1; i += 2) {
      int at = Integer.BYTES * i;
      long sum =
          ROUND_BOTH
              + (long) RowPass.LONGS.get(ring, row0 + at) * w0
              + (long) RowPass.LONGS.get(ring, row1 + at) * w1
              + (long) RowPass.LONGS.get(ring, row2 + at) * w2
              + (long) RowPass.LONGS.get(ring, row3 + at) * w3;
      target[to + i] = (byte) (sum >> PRECISION);
      target[to + i + 1] = (byte) (sum >> SECOND);
    }
    if (values % 2 != 0) {
      int at = Integer.BYTES * (values - 1);
      long sum =
          ROUND
              + (int) RowPass.INTS.get(ring, row0 + at) * w0
              + (int) RowPass.INTS.get(ring, row1 + at) * w1
              + (int) RowPass.INTS.get(ring, row2 + at) * w2
              + (int) RowPass.INTS.get(ring, row3 + at) * w3;
      target[to + values - 1] = (byte) (sum >> PRECISION);
    }
  }

  private static void add(long[] sums, byte[] ring, int row, long weight, int pairs) {
    for (int i = 0; i < pairs; i++) {
      sums[i] += weight * (long) RowPass.LONGS.get(ring, row + Long.BYTES * i);
    }
  }
}
