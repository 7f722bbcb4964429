package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {
  @Test
  void isAPermutationThatDependsOnSeedAndStreamOnly() {
    int[] order = Shuffle.order(1000, 7, 3);
    assertThat(order).containsExactlyInAnyOrder(IntStream.range(0, 1000).toArray());
    assertThat(Shuffle.order(1000, 7, 3)).isEqualTo(order);
    assertThat(Shuffle.order(1000, 7, 4)).isNotEqualTo(order);
    assertThat(Shuffle.order(1000, 8, 3)).isNotEqualTo(order);
  }

  @Test
  void numbersNeverChange() {
    assertThat(Shuffle.order(8, 42, 0)).containsExactly(2, 0, 5, 7, 1, 6, 3, 4);
  }

  @Test
  void everyPositionIsEquallyLikely() {
    int[][] counts = new int[4][4];
    for (int seed = 0; seed < 8000; seed++) {
      int[] order = Shuffle.order(4, seed, 0);
      for (int i = 0; i < 4; i++) {
        counts[i][order[i]]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        // 2000 expected, standard deviation 39.
        assertThat(count).isBetween(1800, 2200);
      }
    }
  }

  @Test
  void emptyAndSingle() {
    assertThat(Shuffle.order(0, 1, 1)).isEmpty();
    assertThat(Shuffle.order(1, 1, 1)).containsExactly(0);
  }
}
