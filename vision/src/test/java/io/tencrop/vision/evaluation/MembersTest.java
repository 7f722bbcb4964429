package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden values: the same members in NumPy and SciPy, {@code Banks} says how they are made. */
class MembersTest {
  private static final double[] WEIGHTS = {1, 2, 0, 0.5, 3, 1.5};

  /** One image per row; logits are logarithms of the probabilities. */
  private static Predictions answers(double[]... rows) {
    int classes = rows[0].length;
    float[] logits = new float[rows.length * classes];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < classes; c++) {
        logits[i * classes + c] = (float) Math.log(rows[i][c]);
      }
    }
    return Predictions.of(
        new LogitBank(1, classes, logits, new int[rows.length], new long[rows.length]));
  }

  @Test
  void meanAgreesWithNumpy() {
    Members members = Banks.members(6);
    Measures measures = Measures.of(members.mean(members.everyone()));

    assertThat(measures.accuracy()).isEqualTo(0.805, offset(1e-15));
    assertThat(measures.loss()).isEqualTo(1.1926980826481375, offset(1e-12));
  }

  @Test
  void weightedMeanAgreesWithNumpy() {
    Members members = Banks.members(6);
    Measures measures = Measures.of(members.weightedMean(members.everyone(), WEIGHTS));

    assertThat(measures.accuracy()).isEqualTo(0.555, offset(1e-15));
    assertThat(measures.loss()).isEqualTo(1.2329971376578046, offset(1e-12));
  }

  @Test
  void voteAgreesWithNumpy() {
    Members members = Banks.members(6);
    Measures measures = Measures.of(members.vote(members.everyone()));

    assertThat(measures.accuracy()).isEqualTo(0.625, offset(1e-15));
    assertThat(measures.loss()).isEqualTo(2.467400035381138, offset(1e-12));
  }

  @Test
  void weightsAreScaledToOne() {
    Members members = Banks.members(2);
    Predictions one = members.weightedMean(new int[] {0, 1}, new double[] {0.25, 0.75});
    Predictions hundred = members.weightedMean(new int[] {0, 1}, new double[] {25, 75});

    assertThat(hundred.probabilities()).containsExactly(one.probabilities(), offset(1e-15));
  }

  @Test
  void pickedTwiceCountsTwice() {
    Members members = Banks.members(2);

    assertThat(members.mean(0, 1, 1).probabilities())
        .containsExactly(
            members.weightedMean(new int[] {0, 1}, new double[] {1, 2}).probabilities(),
            offset(1e-15));
    assertThat(members.mean(1, 1).probabilities())
        .containsExactly(members.member(1).probabilities());
  }

  @Test
  void tiedVoteGoesToTheHigherMeanProbability() {
    Members members =
        Members.of(
            List.of(answers(new double[] {0.6, 0.3, 0.1}), answers(new double[] {0.1, 0.2, 0.7})));
    Predictions vote = members.vote(0, 1);

    assertThat(vote.predicted(0)).isEqualTo(2);
    assertThat(vote.probabilities()).containsExactly(0.5, 1e-15, 0.5);
  }

  @Test
  void classWithoutVotesDoesNotWinByItsProbability() {
    Members members =
        Members.of(
            List.of(
                answers(new double[] {0.5, 0.49, 0.01}), answers(new double[] {0.01, 0.49, 0.5})));

    assertThat(members.vote(0, 1).predicted(0)).isEqualTo(0);
    assertThat(members.mean(0, 1).predicted(0)).isEqualTo(1);
  }

  @Test
  void tieInAllGoesToTheLowestClass() {
    Members members =
        Members.of(
            List.of(
                answers(new double[] {0.25, 0.25, 0.5}), answers(new double[] {0.25, 0.5, 0.25})));

    assertThat(members.vote(0, 1).predicted(0)).isEqualTo(1);
  }

  @Test
  void badWeightsAreRefused() {
    Members members = Banks.members(2);
    int[] both = {0, 1};

    assertThatThrownBy(() -> members.weightedMean(both, new double[] {1, -0.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-0.5");
    assertThatThrownBy(() -> members.weightedMean(both, new double[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> members.weightedMean(both, new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> members.weightedMean(both, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 weights for 2 members: one each is needed");
    assertThatThrownBy(members::mean).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> members.vote(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void membersMustBeAboutTheSameImages() {
    LogitBank bank = Banks.member(1);
    Predictions first = Predictions.of(bank);
    long[] otherIds = bank.ids().clone();
    otherIds[3] = 77;
    int[] otherLabels = bank.labels().clone();
    otherLabels[4] = (otherLabels[4] + 1) % Banks.CLASSES;

    assertThatThrownBy(
            () ->
                Members.of(
                    List.of(
                        first,
                        Predictions.of(
                            new LogitBank(1, 5, bank.logits(), bank.labels(), otherIds)))))
        .isInstanceOf(MembersDisagreeException.class)
        .hasMessage("member 1 has image 77 at position 3, where the first member has image 1003");
    assertThatThrownBy(
            () ->
                Members.of(
                    List.of(
                        first,
                        Predictions.of(
                            new LogitBank(1, 5, bank.logits(), otherLabels, bank.ids())))))
        .isInstanceOf(MembersDisagreeException.class)
        .hasMessage("member 1 has label 0 for image 1004, the first member 4");
    assertThatThrownBy(() -> Members.of(List.of(first, answers(new double[] {0.5, 0.5}))))
        .isInstanceOf(MembersDisagreeException.class)
        .hasMessageContaining("1 images of 2 classes");
    assertThatThrownBy(() -> Members.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
