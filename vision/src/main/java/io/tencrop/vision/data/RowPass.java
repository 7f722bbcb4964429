package io.tencrop.vision.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The first pass of a {@link Resampling}, along rows.
 *
 * <p>Two neighbours are weighted by one multiplication of longs: {@code (p + q 2^32) (v + w 2^32)}
 * has {@code p w + q v} in its upper half, and {@code p v}, which has no more than 30 bits, does
 * not reach it.
 */
final class RowPass {
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int COLORS = 3;
  private static final long ROUND = (long) Resampling.ROUND << Integer.SIZE;
  private static final int SHIFT = Integer.SIZE + Resampling.PRECISION;

  /** Of two pixels of four bytes the first of each. */
  private static final long BOTH = 0xffL << Integer.SIZE | 0xff;

  /** A row of the source: colours of four bytes, of which the last has no meaning; or greys. */
  private byte[] row = {};

  /** Weights of two neighbours, the second one's in the lower half. */
  private long[] pairs = {};

  private TriangleFilter filter = new TriangleFilter(0, new int[0], new int[0]);

  /** Begins with an image. */
  void begin(TriangleFilter across, int width) {
    filter = across;
    int bytes = Math.multiplyExact(width + across.taps() + 2, Integer.BYTES);
    if (row.length < bytes) {
      row = new byte[bytes];
    }
    int[] weights = across.weights();
    pairs = new long[weights.length / 2];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (long) weights[2 * i] << Integer.SIZE | weights[2 * i + 1];
    }
  }

  /** Writes the values of a row as ints. */
  void pass(Resampling.Source source, int y, byte[] out, int to) {
    int start = source.start() + y * source.stride();
    if (source.channels() == COLORS) {
      load(source.pixels(), start, row, source.width());
      colors(row, filter.first(), pairs, filter.taps() / 2, out, to);
    } else {
      System.arraycopy(source.pixels(), start, row, 0, source.width());
      greys(row, filter, out, to);
    }
  }

  private static void load(byte[] pixels, int start, byte[] row, int width) {
    int last = width - 1;
    for (int x = 0; x < last; x++) {
      INTS.set(row, Integer.BYTES * x, (int) INTS.get(pixels, start + COLORS * x));
    }
    System.arraycopy(pixels, start + COLORS * last, row, Integer.BYTES * last, COLORS);
  }

  private static void colors(
      byte[] row, int[] first, long[] pairs, int pairsEach, byte[] out, int to) {
    for (int x = 0; x < first.length; x++) {
      int at = Integer.BYTES * first[x];
      int pair = x * pairsEach;
      long begin = (long) LONGS.get(row, at);
      long next = (long) LONGS.get(row, at + Long.BYTES);
      long weights = pairs[pair];
      long nextWeights = pairs[pair + 1];
      long red = ROUND + (begin & BOTH) * weights + (next & BOTH) * nextWeights;
      long green = ROUND + (begin >>> 8 & BOTH) * weights + (next >>> 8 & BOTH) * nextWeights;
      long blue = ROUND + (begin >>> 16 & BOTH) * weights + (next >>> 16 & BOTH) * nextWeights;
      for (int i = 2; i < pairsEach; i++) {
        long more = (long) LONGS.get(row, at + Long.BYTES * i);
        long moreWeights = pairs[pair + i];
        red += (more & BOTH) * moreWeights;
        green += (more >>> 8 & BOTH) * moreWeights;
        blue += (more >>> 16 & BOTH) * moreWeights;
      }
      int position = to + COLORS * Integer.BYTES * x;
      INTS.set(out, position, (int) (red >>> SHIFT));
      INTS.set(out, position + Integer.BYTES, (int) (green >>> SHIFT));
      INTS.set(out, position + 2 * Integer.BYTES, (int) (blue >>> SHIFT));
    }
  }

  private static void greys(byte[] row, TriangleFilter filter, byte[] out, int to) {
    int[] first = filter.first();
    int[] weights = filter.weights();
    int taps = filter.taps();
    for (int x = 0; x < first.length; x++) {
      int sum = Resampling.ROUND;
      for (int i = 0; i < taps; i++) {
        sum += (row[first[x] + i] & 0xff) * weights[x * taps + i];
      }
      INTS.set(out, to + Integer.BYTES * x, sum >> Resampling.PRECISION);
    }
  }
}
