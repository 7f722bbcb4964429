package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  private static final int[] LABELS = {0, 2, 1};
  private static final long[] IDS = {5, 6, 7};

  /** {@code [3, 2, 3]}. */
  private static final float[] LOGITS = {
    2, 1, 0, 0, 1.5f, 0.25f, -1, 0.5f, 0.75f, 1, 1, 1, 0.5f, -2, 3, 0.25f, 4, -1
  };

  @Test
  void averagesTheProbabilitiesOfTheViews() {
    Predictions predictions = Predictions.of(new LogitBank(2, 3, LOGITS, LABELS, IDS));

    // scipy: softmax(logits, axis=2).mean(1)
    double[] expected = {
      0.4065225027155084, 0.4535701324753356, 0.13990736480915592,
      0.2111653332452286, 0.36609585431642544, 0.422738812438346,
      0.04910792210314743, 0.48841055822870383, 0.46248151966814866
    };
    assertThat(predictions.probabilities()).containsExactly(expected, offset(1e-15));
    assertThat(predictions.predicted()).containsExactly(1, 2, 1);
    Measures measures = Measures.of(predictions);
    assertThat(measures.accuracy()).isEqualTo(2.0 / 3);
    assertThat(measures.loss()).isEqualTo(0.8259052228691717, offset(1e-15));
    assertThat(measures.images()).isEqualTo(3);
    assertThat(measures.confusion()).isDeepEqualTo(new int[][] {{0, 1, 0}, {0, 1, 0}, {0, 0, 1}});
  }

  @Test
  void viewsAreTakenOut() {
    LogitBank both = new LogitBank(2, 3, LOGITS, LABELS, IDS);
    assertThat(both.select(List.of(1, 0)).select(List.of(1, 0)).logits())
        .isEqualTo(both.logits())
        .isNotEqualTo(both.select(List.of(1, 0)).logits());
    LogitBank second = both.select(List.of(1));

    assertThat(second.views()).isEqualTo(1);
    assertThat(second.logits()).containsExactly(0, 1.5f, 0.25f, 1, 1, 1, 0.25f, 4, -1);
    assertThatThrownBy(() -> second.select(List.of(1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void equalProbabilitiesGiveTheLowestClass() {
    Predictions predictions =
        Predictions.of(new LogitBank(1, 3, new float[] {0, 1, 1}, new int[] {2}, new long[] {1}));

    assertThat(predictions.predicted(0)).isEqualTo(1);
  }

  @Test
  void oneLogitGivesTwoClasses() {
    Predictions predictions =
        Predictions.of(
            new LogitBank(1, 1, new float[] {1.5f, -2}, new int[] {1, 1}, new long[] {1, 2}));

    assertThat(predictions.classes()).isEqualTo(2);
    assertThat(predictions.predicted()).containsExactly(1, 0);
    // BCEWithLogitsLoss: (log(1 + exp(-1.5)) + log(1 + exp(2))) / 2
    assertThat(Measures.of(predictions).loss())
        .isEqualTo((0.2014132779827524 + 2.1269280110429727) / 2, offset(1e-15));
  }

  @Test
  void lossStaysFiniteAndExactForHopelessImages() {
    Predictions far =
        Predictions.of(new LogitBank(1, 2, new float[] {600, 0}, new int[] {1}, new long[] {1}));
    assertThat(Measures.of(far).loss()).isEqualTo(600, offset(1e-10));

    Predictions farther =
        Predictions.of(new LogitBank(1, 2, new float[] {5000, 0}, new int[] {1}, new long[] {1}));
    assertThat(Measures.of(farther).loss()).isEqualTo(-Math.log(Double.MIN_NORMAL));
  }

  @Test
  void measuresAgreeWithScipy() {
    Measures measures = Measures.of(Predictions.of(Banks.member(1)));

    assertThat(measures.accuracy()).isEqualTo(0.34, offset(1e-15));
    assertThat(measures.loss()).isEqualTo(1.5887493054948676, offset(1e-12));
    assertThat(measures.confusion())
        .isDeepEqualTo(
            new int[][] {
              {16, 7, 5, 6, 6},
              {6, 16, 6, 5, 7},
              {11, 3, 13, 6, 7},
              {16, 3, 3, 12, 6},
              {17, 5, 4, 3, 11}
            });
  }

  @Test
  void notANumberNamesTheImage() {
    LogitBank bank =
        new LogitBank(
            1, 2, new float[] {0, 0, 0, Float.NaN}, new int[] {0, 1}, new long[] {11, 12});

    assertThatThrownBy(() -> Predictions.of(bank))
        .isInstanceOf(InvalidLogitsException.class)
        .hasMessage("the network answered NaN for image 12 in view 0");
  }

  @Test
  void labelMustBeAClass() {
    LogitBank bank = new LogitBank(1, 2, new float[] {0, 0}, new int[] {2}, new long[] {9});

    assertThatThrownBy(() -> Predictions.of(bank))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image 9 has label 2, but there are 2 classes");
  }

  @Test
  void noImagesHaveNoMeasures() {
    Predictions none = Predictions.of(new LogitBank(1, 2, new float[0], new int[0], new long[0]));

    assertThatThrownBy(() -> Measures.of(none)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sizesMustFit() {
    assertThatThrownBy(() -> new LogitBank(2, 3, new float[5], new int[1], new long[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 logits");
  }
}
