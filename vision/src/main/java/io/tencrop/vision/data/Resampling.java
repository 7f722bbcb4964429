package io.tencrop.vision.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Antialiased bilinear resizing, to the bit as PIL does it (and torchvision with it): a triangle
 * filter whose support grows with the ratio when the image shrinks, first along rows, then along
 * columns, each pass in fixed point and rounded to uint8. (Pillow from 12 on sometimes begins with
 * the columns, which changes single values by one.) Has memory of its own, which grows with the
 * filter's support and the widths, not with the image; not for several threads at once.
 *
 * <p>Sums need no clipping: weights are not negative and add up to one but for a rounding error. So
 * they have 30 bits, and the first pass computes two rows at once in the halves of a long.
 */
public final class Resampling {
  static final int PRECISION = 32 - 8 - 2;
  private static final int ROUND = 1 << (PRECISION - 1);
  private static final long ROUND_BOTH = (long) ROUND << Integer.SIZE | ROUND;
  private static final int SECOND = Integer.SIZE + PRECISION;

  /** A view of bytes as pairs of ints: the first is the lower half. */
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Two rows of the source, one in the lower and one in the upper half. */
  private long[] pair = {};

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
    int rows = down.taps() + 1;
    int rowBytes = Math.multiplyExact((values + 1) / 2, Long.BYTES);
    prepare(
        (source.width() + across.taps()) * source.channels(), Math.multiplyExact(rows, rowBytes));
    int next = 0;
    for (int y = 0; y < height; y++) {
      next = Math.max(next, down.first()[y]);
      int end = Math.min(down.first()[y] + down.taps(), source.height());
      for (; next < end; next += 2) {
        load(source, next);
        int upper = next % rows * rowBytes;
        int lower = (next + 1) % rows * rowBytes;
        if (source.channels() == 3) {
          colors(pair, across, ring, upper, lower);
        } else {
          greys(pair, across, ring, upper, lower);
        }
      }
      alongColumns(down, y, rows, rowBytes, target, y * values, values);
    }
  }

  private void prepare(int pairs, int ringBytes) {
    if (pair.length < pairs) {
      pair = new long[pairs];
    }
    if (ring.length < ringBytes) {
      ring = new byte[ringBytes];
    }
  }

  private void load(Source source, int y) {
    int bytes = source.width() * source.channels();
    int upper = source.start() + y * source.stride();
    int lower = y + 1 < source.height() ? upper + source.stride() : upper;
    load(source.pixels(), upper, lower, pair, bytes);
  }

  private static void load(byte[] pixels, int upper, int lower, long[] pair, int bytes) {
    for (int i = 0; i < bytes; i++) {
      pair[i] = (long) (pixels[lower + i] & 0xff) << Integer.SIZE | pixels[upper + i] & 0xff;
    }
  }

  private static void colors(long[] pair, TriangleFilter filter, byte[] out, int upper, int lower) {
    int[] first = filter.first();
    int[] weights = filter.weights();
    int taps = filter.taps();
    for (int x = 0; x < first.length; x++) {
      int i = x * taps;
      long w0 = weights[i];
      long w1 = weights[i + 1];
      long w2 = weights[i + 2];
      long w3 = weights[i + 3];
      int p = 3 * first[x];
      long red = ROUND_BOTH + pair[p] * w0 + pair[p + 3] * w1 + pair[p + 6] * w2 + pair[p + 9] * w3;
      long green =
          ROUND_BOTH + pair[p + 1] * w0 + pair[p + 4] * w1 + pair[p + 7] * w2 + pair[p + 10] * w3;
      long blue =
          ROUND_BOTH + pair[p + 2] * w0 + pair[p + 5] * w1 + pair[p + 8] * w2 + pair[p + 11] * w3;
      for (int k = 4; k < taps; k++) {
        long weight = weights[i + k];
        red += pair[p + 3 * k] * weight;
        green += pair[p + 3 * k + 1] * weight;
        blue += pair[p + 3 * k + 2] * weight;
      }
      int to = 3 * Integer.BYTES * x;
      INTS.set(out, upper + to, (int) red >> PRECISION);
      INTS.set(out, upper + to + 4, (int) green >> PRECISION);
      INTS.set(out, upper + to + 8, (int) blue >> PRECISION);
      INTS.set(out, lower + to, (int) (red >> SECOND));
      INTS.set(out, lower + to + 4, (int) (green >> SECOND));
      INTS.set(out, lower + to + 8, (int) (blue >> SECOND));
    }
  }

  private static void greys(long[] pair, TriangleFilter filter, byte[] out, int upper, int lower) {
    int[] first = filter.first();
    int[] weights = filter.weights();
    int taps = filter.taps();
    for (int x = 0; x < first.length; x++) {
      long sum = ROUND_BOTH;
      for (int k = 0; k < taps; k++) {
        sum += pair[first[x] + k] * weights[x * taps + k];
      }
      INTS.set(out, upper + Integer.BYTES * x, (int) sum >> PRECISION);
      INTS.set(out, lower + Integer.BYTES * x, (int) (sum >> SECOND));
    }
  }

  /** Rows beyond the image have no weight; what the ring holds in their place does not matter. */
  private void alongColumns(
      TriangleFilter filter, int y, int rows, int rowBytes, byte[] target, int to, int values) {
    int taps = filter.taps();
    int first = filter.first()[y];
    int weights = y * taps;
    if (taps == TriangleFilter.LEAST_TAPS) {
      fourRows(
          ring,
          first % rows * rowBytes,
          (first + 1) % rows * rowBytes,
          (first + 2) % rows * rowBytes,
          (first + 3) % rows * rowBytes,
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
      add(sums, ring, (first + i) % rows * rowBytes, filter.weights()[weights + i], pairs);
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
              + (long) LONGS.get(ring, row0 + at) * w0
              + (long) LONGS.get(ring, row1 + at) * w1
              + (long) LONGS.get(ring, row2 + at) * w2
              + (long) LONGS.get(ring, row3 + at) * w3;
      target[to + i] = (byte) (sum >> PRECISION);
      target[to + i + 1] = (byte) (sum >> SECOND);
    }
    if (values % 2 != 0) {
      int at = Integer.BYTES * (values - 1);
      long sum =
          ROUND
              + (int) INTS.get(ring, row0 + at) * w0
              + (int) INTS.get(ring, row1 + at) * w1
              + (int) INTS.get(ring, row2 + at) * w2
              + (int) INTS.get(ring, row3 + at) * w3;
      target[to + values - 1] = (byte) (sum >> PRECISION);
    }
  }

  private static void add(long[] sums, byte[] ring, int row, long weight, int pairs) {
    for (int i = 0; i < pairs; i++) {
      sums[i] += weight * (long) LONGS.get(ring, row + Long.BYTES * i);
    }
  }
}
