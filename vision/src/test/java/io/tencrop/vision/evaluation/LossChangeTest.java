package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LossChangeTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  /** Two classes; all images are of class 0, with these probabilities. */
  private static Predictions right(double... probabilities) {
    double[] both = new double[2 * probabilities.length];
    long[] ids = new long[probabilities.length];
    for (int i = 0; i < probabilities.length; i++) {
      both[2 * i] = probabilities[i];
      both[2 * i + 1] = 1 - probabilities[i];
      ids[i] = 100 + i;
    }
    return Predictions.of(2, both, new int[probabilities.length], ids);
  }

  @Test
  void isSplitByWhichSideImagesAreOn() {
    LossChange change = LossChange.of(right(0.6, 0.4, 0.4, 0.6), right(0.9, 0.45, 0.6, 0.4));

    assertThat(change.before()).isCloseTo(0.7135582, CLOSE);
    assertThat(change.after()).isCloseTo(0.5827463, CLOSE);
    assertThat(change.accuracyBefore()).isEqualTo(0.5);
    assertThat(change.accuracyAfter()).isEqualTo(0.5);
    assertThat(change.staysRight().images()).isEqualTo(1);
    assertThat(change.staysRight().change()).isCloseTo(Math.log(0.6 / 0.9) / 4, CLOSE);
    assertThat(change.staysWrong().images()).isEqualTo(1);
    assertThat(change.staysWrong().change()).isCloseTo(Math.log(0.4 / 0.45) / 4, CLOSE);
    assertThat(change.turnsRight().change()).isCloseTo(Math.log(0.4 / 0.6) / 4, CLOSE);
    assertThat(change.turnsWrong().change()).isCloseTo(Math.log(0.6 / 0.4) / 4, CLOSE);
    assertThat(
            change.staysRight().change()
                + change.staysWrong().change()
                + change.turnsRight().change()
                + change.turnsWrong().change())
        .isCloseTo(change.after() - change.before(), within(1e-12));
    // sqrt((0.1267697 - 0.1308119^2) / 3)
    assertThat(change.standardError()).isCloseTo(0.191188, within(1e-5));
    assertThat(change.pValue()).isEqualTo(1);
    assertThat(change.fall()).isCloseTo(0.1308119, CLOSE);
    assertThat(change.falls()).as("0.13 of 0.19 may be chance").isFalse();
    assertThat(change.accuracyChanges()).isFalse();
  }

  @Test
  void aFallThatAllImagesShareIsNoChance() {
    LossChange change = LossChange.of(right(0.52, 0.53, 0.48), right(0.55, 0.56, 0.49));
    assertThat(change.falls()).isTrue();
    assertThat(LossChange.of(right(0.7), right(0.7)).standardError()).isZero();
  }

  @Test
  void needsTheSameImages() {
    assertThatThrownBy(() -> LossChange.of(right(0.5, 0.6), right(0.5)))
        .isInstanceOf(MembersDisagreeException.class);
  }

  @Test
  void marginsAreCountedFromMinusOneToOne() {
    Margins margins = Margins.of(right(1, 0.93, 0.52, 0.46, 0.12, 0));

    int[] expected = new int[Margins.BINS];
    expected[19] = 1;
    expected[18] = 1;
    expected[10] = 1;
    expected[9] = 1;
    expected[2] = 1;
    expected[0] = 1;
    assertThat(margins.counts()).isEqualTo(expected);
    assertThat(margins.near()).isEqualTo(2 / 6.0);
  }

  @Test
  void theMarginOfManyClassesIsToTheBestOther() {
    Predictions three =
        Predictions.of(
            3, new double[] {0.5, 0.3, 0.2, 0.1, 0.6, 0.3}, new int[] {0, 2}, new long[2]);
    assertThat(Margins.margin(three, 0)).isCloseTo(0.2, CLOSE);
    assertThat(Margins.margin(three, 1)).isCloseTo(-0.3, CLOSE);
  }

  @Test
  void theWorstOfAHundredHoldTheirShare() {
    double[] probabilities = new double[150];
    java.util.Arrays.fill(probabilities, Math.exp(-0.01));
    probabilities[7] = Math.exp(-3);
    probabilities[9] = Math.exp(-5);
    HardestImages.Worst worst = HardestImages.worst(right(probabilities));
    assertThat(worst.images()).isEqualTo(2);
    assertThat(worst.share()).isCloseTo(8 / (8 + 1.48), CLOSE);
    assertThat(HardestImages.worst(right(0.5, 0.5)).images()).isEqualTo(1);
    assertThat(HardestImages.worst(right(1, 1)).share()).isZero();
  }

  @Test
  void mostWrongImagesAreOrderedByLoss() {
    Predictions answers = right(0.4, 0.9, 0.1, 0.4, 0.3);
    assertThat(HardestImages.mostWrong(answers, 10)).containsExactly(2, 4, 0, 3);
    assertThat(HardestImages.mostWrong(answers, 2)).containsExactly(2, 4);
    assertThat(HardestImages.loss(answers, 2)).isCloseTo(Math.log(10), CLOSE);
  }

  @Test
  void guessingCostsTheEntropyOfTheClasses() {
    Predictions answers =
        Predictions.of(2, new double[8], new int[] {0, 1, 1, 1}, new long[] {1, 2, 3, 4});
    Guessing guessing = Guessing.of(answers);
    assertThat(guessing.loss())
        .isCloseTo(-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75), within(1e-12));
    assertThat(guessing.accuracy()).isEqualTo(0.75);
    assertThat(guessing.mostFrequent()).isEqualTo(1);
  }
}
