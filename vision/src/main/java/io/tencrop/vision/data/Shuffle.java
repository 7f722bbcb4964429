package io.tencrop.vision.data;

import io.tencrop.vision.data.RandomStream.Purpose;

/** The order in which an epoch sees its images. */
public final class Shuffle {
  private Shuffle() {}

  /**
   * A permutation of {@code 0 .. n-1}, uniformly drawn (Fisher and Yates), the same for the same
   * arguments everywhere.
   *
   * @param stream another order for each, for example the epoch
   */
  public static int[] order(int n, long seed, long stream) {
    return permutation(n, RandomStream.of(seed, Purpose.ORDER, stream));
  }

  /** A permutation of {@code 0 .. n-1} drawn from {@code random}. */
  static int[] permutation(int n, RandomStream random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
