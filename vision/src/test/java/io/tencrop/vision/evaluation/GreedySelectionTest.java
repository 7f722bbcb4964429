package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.tencrop.vision.data.Shuffle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GreedySelectionTest {
  @Test
  void picksAsTheSameSearchInNumpyDoes() {
    Members members = Banks.members(6);
    int[] picks = GreedySelection.of(8).select(members);

    assertThat(picks).containsExactly(1, 4, 2, 5, 3, 2, 0, 3);
    Measures measures = Measures.of(members.mean(picks));
    assertThat(measures.accuracy()).isEqualTo(0.89, offset(1e-15));
    assertThat(measures.loss()).isEqualTo(1.1950047707457094, offset(1e-12));
  }

  @Test
  void equalAccuracyIsDecidedByLossThenByOrder() {
    Predictions unsure = twoImages(0.6f);
    Predictions sure = twoImages(3f);

    assertThat(GreedySelection.of(2).select(Members.of(List.of(unsure, sure, sure))))
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

    assertThat(GreedySelection.of(2).select(Members.of(List.of(a, b, c)))).containsExactly(0, 2);
  }

  @Test
  void nothingToPickIsRefused() {
    assertThatThrownBy(() -> GreedySelection.of(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void beginsWithTheBestMembersAsLongAsTheyHelp() {
    Members members = Banks.members(9);
    int[] sorted = sorted(members);
    for (int most = 1; most <= 6; most++) {
      int[] picks = new GreedySelection(6, most, 0, 1, 0).select(members);
      int count = bestCount(members, sorted, most);
      assertThat(Arrays.copyOf(picks, count)).isEqualTo(Arrays.copyOf(sorted, count));
      assertThat(picks).isEqualTo(continued(members, Arrays.copyOf(sorted, count), 6));
    }
    // The fourth best takes away from what the first three reach together.
    assertThat(bestCount(members, sorted, 4)).isEqualTo(3);
  }

  @Test
  void bagsAreRandomPartsWhosePicksAreAllTaken() {
    Members members = Banks.members(9);
    int[] picks = new GreedySelection(4, 2, 5, 0.5, 3).select(members);
    assertThat(picks).hasSize(20);
    assertThat(new GreedySelection(4, 2, 5, 0.5, 3).select(members)).isEqualTo(picks);
    assertThat(new GreedySelection(4, 2, 5, 0.5, 4).select(members)).isNotEqualTo(picks);
    for (int bag = 0; bag < 5; bag++) {
      // Half of nine, rounded.
      int[] part = Arrays.copyOf(Shuffle.order(9, 3, bag), 5);
      Arrays.sort(part);
      Members among = Members.of(IntStream.of(part).mapToObj(members::member).toList());
      int[] best = Arrays.copyOf(sorted(among), bestCount(among, sorted(among), 2));
      assertThat(Arrays.copyOfRange(picks, 4 * bag, 4 * bag + 4))
          .isEqualTo(IntStream.of(continued(among, best, 4)).map(pick -> part[pick]).toArray());
    }
    assertThat(new GreedySelection(4, 0, 1, 1, 0).select(members))
        .isEqualTo(GreedySelection.of(4).select(members));
  }

  @Test
  void settingsWithoutSenseAreRefused() {
    assertThatThrownBy(() -> new GreedySelection(2, 3, 0, 0.5, 0))
        .hasMessageContaining("cannot begin with 3");
    assertThatThrownBy(() -> new GreedySelection(2, 0, -1, 0.5, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GreedySelection(2, 0, 2, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Places of the members from the best alone to the worst. */
  private static int[] sorted(Members members) {
    return IntStream.of(members.everyone())
        .boxed()
        .sorted((a, b) -> isBetter(members, new int[] {a}, new int[] {b}) ? -1 : 1)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int bestCount(Members members, int[] sorted, int most) {
    int best = 1;
    for (int count = 2; count <= most; count++) {
      if (isBetter(members, Arrays.copyOf(sorted, count), Arrays.copyOf(sorted, best))) {
        best = count;
      }
    }
    return best;
  }

  /** Goes on from picks by trying every member. */
  private static int[] continued(Members members, int[] begin, int size) {
    int[] picks = begin;
    while (picks.length < size) {
      int[] best = null;
      for (int member : members.everyone()) {
        int[] candidate = Arrays.copyOf(picks, picks.length + 1);
        candidate[picks.length] = member;
        if (best == null || isBetter(members, candidate, best)) {
          best = candidate;
        }
      }
      picks = best;
    }
    return picks;
  }

  private static boolean isBetter(Members members, int[] picks, int[] than) {
    Measures one = Measures.of(members.mean(picks));
    Measures other = Measures.of(members.mean(than));
    return one.accuracy() > other.accuracy()
        || (one.accuracy() == other.accuracy() && one.loss() < other.loss());
  }
}
