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

  @Test
  void sharesMustAddUp() {
    assertThatThrownBy(() -> Split.byShares(10, 0.8, 0.1, 0.2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add up to 1");
    assertThatThrownBy(() -> Split.holdOut(new int[3], new int[1], 1.5, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
