package io.tencrop.vision.data;

import io.tencrop.vision.data.RandomStream.Purpose;
import java.util.Arrays;

/**
 * Which image belongs to train, validation and test: ids in ascending order, no id twice. A pure
 * function of its arguments.
 */
public record Split(int[] train, int[] validation, int[] test) {
  private static final double TOLERANCE = 1e-6;

  /**
   * Divides ids {@code 0 .. n-1} by shares that add up to 1. Train and validation are rounded to
   * whole images, test takes the rest.
   *
   * @throws IllegalArgumentException when the shares are not shares
   */
  public static Split byShares(int n, double train, double validation, double test, long seed) {
    if (!(train >= 0 && validation >= 0 && test >= 0)
        || Math.abs(train + validation + test - 1) > TOLERANCE) {
      throw new IllegalArgumentException(
          "shares %s + %s + %s do not add up to 1".formatted(train, validation, test));
    }
    int[] order = Shuffle.permutation(n, RandomStream.of(seed, Purpose.SPLIT, 0));
    int trainEnd = (int) Math.round(n * train);
    int validationEnd = Math.min(n, trainEnd + (int) Math.round(n * validation));
    return new Split(
        sorted(order, 0, trainEnd),
        sorted(order, trainEnd, validationEnd),
        sorted(order, validationEnd, n));
  }

  /**
   * Takes the source's own parts, and holds a share of its train part out for validation.
   *
   * @param train ids of the train part
   * @param test ids of the test part
   * @param validation share of the train part, in [0, 1]
   */
  public static Split holdOut(int[] train, int[] test, double validation, long seed) {
    if (!(validation >= 0 && validation <= 1)) {
      throw new IllegalArgumentException("validation is %s, not a share".formatted(validation));
    }
    int[] ascending = sorted(train, 0, train.length);
    int[] order = Shuffle.permutation(train.length, RandomStream.of(seed, Purpose.SPLIT, 0));
    for (int i = 0; i < order.length; i++) {
      order[i] = ascending[order[i]];
    }
    int held = (int) Math.round(train.length * validation);
    return new Split(
        sorted(order, held, order.length), sorted(order, 0, held), sorted(test, 0, test.length));
  }

  private static int[] sorted(int[] ids, int from, int to) {
    int[] part = Arrays.copyOfRange(ids, from, to);
    Arrays.sort(part);
    return part;
  }
}
