package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class GreedySelectionTest {
  @Test
  void picksAsTheSameSearchInNumpyDoes() {
    Members members = Banks.members(6);
    int[] picks = GreedySelection.select(members, 8);

    assertThat(picks).containsExactly(1, 4, 2, 5, 3, 2, 0, 3);
    Measures measures = Measures.of(members.mean(picks));
    assertThat(measures.accuracy()).isEqualTo(0.89, offset(1e-15));
    assertThat(measures.loss()).isEqualTo(1.1950047707457094, offset(1e-12));
  }

  @Test
  void equalAccuracyIsDecidedByLossThenByOrder() {
    Predictions unsure = twoImages(0.6f);
    Predictions sure = twoImages(3f);

    assertThat(GreedySelection.select(Members.of(List.of(unsure, sure, sure)), 2))
        .containsExactly(1, 1);
  }

  /** Both images right, by this margin. */
  private static Predictions twoImages(float margin) {
    return Predictions.of(
        new LogitBank(
            1, 2, new float[] {margin, 0, 0, margin}, new int[] {0, 1}, new long[] {1, 2}));
  }

  @Test
  void addsTheComplementRatherThanTheSecondBest() {
    // a is right on images 0-2, b on 0-1, c on 2-3 with the larger margin on 3.
    int[] labels = {0, 0, 0, 0};
    long[] ids = {1, 2, 3, 4};
    Predictions a =
        Predictions.of(new LogitBank(1, 2, new float[] {2, 0, 2, 0, 2, 0, 0, 1}, labels, ids));
    Predictions b =
        Predictions.of(new LogitBank(1, 2, new float[] {3, 0, 3, 0, 0, 1, 0, 1}, labels, ids));
    Predictions c =
        Predictions.of(new LogitBank(1, 2, new float[] {0, 1, 0, 1, 2, 0, 4, 0}, labels, ids));

    assertThat(GreedySelection.select(Members.of(List.of(a, b, c)), 2)).containsExactly(0, 2);
  }

  @Test
  void nothingToPickIsRefused() {
    assertThatThrownBy(() -> GreedySelection.select(Banks.members(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
