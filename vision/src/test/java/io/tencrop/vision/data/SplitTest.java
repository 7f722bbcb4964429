package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static int[] union(Split split) {
    return Stream.of(split.train(), split.validation(), split.test())
        .flatMapToInt(IntStream::of)
        .sorted()
        .toArray();
  }

  @Test
  void sharesDivideAllImagesOnce() {
    Split split = Split.byShares(1000, 0.8, 0.1, 0.1, 42);
    assertThat(split.train()).hasSize(800).isSorted();
    assertThat(split.validation()).hasSize(100).isSorted();
    assertThat(split.test()).hasSize(100).isSorted();
    assertThat(union(split)).isEqualTo(IntStream.range(0, 1000).toArray());
  }

  @Test
  void testTakesTheRest() {
    Split split = Split.byShares(7, 0.5, 0.25, 0.25, 1);
    assertThat(split.train()).hasSize(4);
    assertThat(split.validation()).hasSize(2);
    assertThat(split.test()).hasSize(1);
  }

  @Test
  void sameSeedSameSplit() {
    Split first = Split.byShares(50, 0.6, 0.2, 0.2, 9);
    assertThat(Split.byShares(50, 0.6, 0.2, 0.2, 9).train()).isEqualTo(first.train());
    assertThat(Split.byShares(50, 0.6, 0.2, 0.2, 10).train()).isNotEqualTo(first.train());
  }

  /** Prepared data sets are named by their arguments, so what these give may never change. */
  @Test
  void splitIsTheSameEverywhere() {
    Split split = Split.byShares(12, 0.5, 0.25, 0.25, 42);
    assertThat(Arrays.toString(split.train()) + Arrays.toString(split.validation()))
        .isEqualTo("[0, 3, 4, 9, 10, 11][1, 2, 7]");
  }

  @Test
  void holdOutKeepsTheProvidedTest() {
    int[] train = IntStream.range(100, 200).toArray();
    int[] test = {7, 5, 6};
    Split split = Split.holdOut(train, test, 0.1, 42);
    assertThat(split.test()).containsExactly(5, 6, 7);
    assertThat(split.validation()).hasSize(10).isSorted();
    assertThat(split.train()).hasSize(90).isSorted();
    assertThat(union(split)).endsWith(train);
  }

  /**
   * Whatever the classes are: sizes as without strata, and each class within an image of its share.
   */
  @Test
  void strataKeepTheProportionsOfClasses() {
    for (int seed = 0; seed < 200; seed++) {
      RandomStream random = RandomStream.of(seed, RandomStream.Purpose.ORDER, 0);
      int n = 20 + random.nextInt(400);
      int classes = 2 + random.nextInt(12);
      int[] labels = new int[n];
      for (int i = 0; i < n; i++) {
        labels[i] = Math.min(random.nextInt(classes), random.nextInt(classes));
      }
      double train = random.nextDouble(0.3, 0.8);
      double validation = (1 - train) * random.nextDouble(0.2, 0.8);
      double test = 1 - train - validation;
      Split plain = Split.byShares(n, train, validation, test, seed);
      Split split = Split.stratified(labels, train, validation, test, seed);
      assertThat(union(split)).isEqualTo(IntStream.range(0, n).toArray());
      assertThat(split.train()).hasSameSizeAs(plain.train()).isSorted();
      assertThat(split.validation()).hasSameSizeAs(plain.validation()).isSorted();
      for (int c = 0; c < classes; c++) {
        int all = count(labels, IntStream.range(0, n).toArray(), c);
        assertShare(count(labels, split.train(), c), all, split.train().length, n, 1);
        assertShare(count(labels, split.validation(), c), all, split.validation().length, n, 2);
      }
      Split held = Split.stratifiedHoldOut(plain.train(), plain.test(), labels, validation, seed);
      assertThat(union(held))
          .isEqualTo(
              IntStream.concat(IntStream.of(plain.train()), IntStream.of(plain.test()))
                  .sorted()
                  .toArray());
      assertThat(held.test()).isEqualTo(plain.test());
      for (int c = 0; c < classes; c++) {
        int all = count(labels, plain.train(), c);
        assertShare(
            count(labels, held.validation(), c),
            all,
            held.validation().length,
            plain.train().length,
            1);
      }
    }
  }

  private static int count(int[] labels, int[] ids, int label) {
    return (int) Arrays.stream(ids).filter(id -> labels[id] == label).count();
  }

  private static void assertShare(int count, int ofClass, int taken, int all, int tolerance) {
    assertThat(Math.abs(count - (double) ofClass * taken / all)).isLessThan(tolerance);
  }

  /** Prepared data sets are named by their arguments, so what these give may never change. */
  @Test
  void strataAreTheSameEverywhere() {
    int[] labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0};
    Split split = Split.stratified(labels, 0.5, 0.25, 0.25, 42);
    assertThat(Arrays.toString(split.train()) + Arrays.toString(split.validation()))
        .isEqualTo("[1, 4, 6, 7, 9, 11][0, 2, 3]");
  }

  @Test
  void sharesMustAddUp() {
    assertThatThrownBy(() -> Split.byShares(10, 0.8, 0.1, 0.2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add up to 1");
    assertThatThrownBy(() -> Split.holdOut(new int[3], new int[1], 1.5, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
