package io.tencrop.vision.data;

import java.util.Arrays;
import java.util.List;

/**
 * Random numbers that are a pure function of (seed, purpose, stream), so that any step of a run can
 * be repeated alone: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) from a state that hashes the
 * three. The algorithm is written out here since the exact numbers are part of every result.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** What numbers are drawn for; the same seed gives independent numbers for each. */
  public enum Purpose {
    /** Initial weights. */
    WEIGHTS(1),
    /** The order of images in an epoch. */
    ORDER(2),
    /** Where a training image is cropped. */
    CROP(3),
    /** The engine's own generator: dropout. */
    STEP(4),
    /** Which image goes to which split. */
    SPLIT(5),
    /** How a run's training images are changed. */
    AUGMENT(10),
    /** How the variants of stored images are changed. */
    VARIANT(11),
    /** How a run's batches are mixed. */
    MIX(12);

    private final long id;

    Purpose(long id) {
      this.id = id;
    }
  }

  private RandomStream(long state) {
    this.state = state;
  }

  /** The numbers for one purpose and stream of a seed. */
  public static RandomStream of(long seed, Purpose purpose, long stream) {
    return new RandomStream(mix(mix(mix(seed) + purpose.id) + stream));
  }

  /** The numbers for one purpose, stream and part of the stream, for example epoch and image. */
  public static RandomStream of(long seed, Purpose purpose, long stream, long part) {
    return new RandomStream(mix(mix(mix(mix(seed) + purpose.id) + stream) + part));
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in {@code [0, bound)}, without bias. */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound " + bound);
    }
    // Lemire, "Fast random integer generation in an interval", 2019.
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /** The numbers {@code 0 .. n-1} in an order drawn uniformly. */
  public List<Integer> permutation(int n) {
    return Arrays.stream(Shuffle.permutation(n, this)).boxed().toList();
  }

  /** Uniform in {@code [0, 1)}, a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in {@code [from, to)}; {@code from} when the two are equal. */
  public double nextDouble(double from, double to) {
    return from + (to - from) * nextDouble();
  }

  /**
   * Normal with mean 0 and deviation 1: Marsaglia's polar method, with the functions of {@link
   * StrictMath}, which give the same bits everywhere.
   */
  public double nextGaussian() {
    while (true) {
      double x = 2 * nextDouble() - 1;
      double y = 2 * nextDouble() - 1;
      double square = x * x + y * y;
      if (square < 1 && square != 0) {
        return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
