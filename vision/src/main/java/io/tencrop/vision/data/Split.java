package io.tencrop.vision.data;

import io.tencrop.vision.data.RandomStream.Purpose;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which image belongs to train, validation and test: ids in ascending order, no id twice. A pure
 * function of its arguments.
 */
public record Split(int[] train, int[] validation, int[] test) {
  private static final double TOLERANCE = 1e-6;
  private static final long TRAIN_STREAM = 1;
  private static final long HELD_STREAM = 2;

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

  /**
   * As {@link #byShares}, with every class in each split in the proportion of the whole, to within
   * an image; the splits are as large as those of {@link #byShares}.
   *
   * @param labels by id
   */
  public static Split stratified(
      int[] labels, double train, double validation, double test, long seed) {
    Split sizes = byShares(labels.length, train, validation, test, seed);
    int[] all = IntStream.range(0, labels.length).toArray();
    int[][] rest = divided(all, labels, sizes.train().length, seed, TRAIN_STREAM);
    int[][] held = divided(rest[1], labels, sizes.validation().length, seed, HELD_STREAM);
    return new Split(rest[0], held[0], held[1]);
  }

  /**
   * As {@link #holdOut}, with every class in what is held out in the proportion of the train part,
   * to within an image.
   *
   * @param labels by id
   */
  public static Split stratifiedHoldOut(
      int[] train, int[] test, int[] labels, double validation, long seed) {
    Split sizes = holdOut(train, test, validation, seed);
    int[][] parts = divided(train, labels, sizes.validation().length, seed, HELD_STREAM);
    return new Split(parts[1], parts[0], sizes.test());
  }

  /** Takes {@code taken} of the ids, of each class its share, and leaves the rest. */
  private static int[][] divided(int[] ids, int[] labels, int taken, long seed, long stream) {
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    int[] counts = new int[classes];
    for (int id : ids) {
      counts[labels[id]]++;
    }
    int[] quotas = quotas(counts, ids.length, taken);
    int[] ascending = sorted(ids, 0, ids.length);
    int[] order = Shuffle.permutation(ids.length, RandomStream.of(seed, Purpose.SPLIT, stream));
    int[] first = new int[taken];
    int[] second = new int[ids.length - taken];
    int firsts = 0;
    int seconds = 0;
    for (int index : order) {
      int id = ascending[index];
      if (quotas[labels[id]]-- > 0) {
        first[firsts++] = id;
      } else {
        second[seconds++] = id;
      }
    }
    return new int[][] {sorted(first, 0, taken), sorted(second, 0, second.length)};
  }

  /** How many of each class: whole shares, and one more where most was lost by rounding down. */
  private static int[] quotas(int[] counts, int all, int taken) {
    int[] quotas = new int[counts.length];
    int given = 0;
    for (int c = 0; c < counts.length; c++) {
      quotas[c] = (int) ((long) counts[c] * taken / Math.max(all, 1));
      given += quotas[c];
    }
    IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.comparingLong(c -> -((long) counts[c] * taken % Math.max(all, 1))))
        .limit(taken - given)
        .forEach(c -> quotas[c]++);
    return quotas;
  }

  private static int[] sorted(int[] ids, int from, int to) {
    int[] part = Arrays.copyOfRange(ids, from, to);
    Arrays.sort(part);
    return part;
  }
}
