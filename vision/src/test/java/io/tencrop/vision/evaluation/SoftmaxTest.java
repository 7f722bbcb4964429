package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

/** Expected values: {@code scipy.special.softmax}, {@code log_softmax}, {@code expit}. */
class SoftmaxTest {
  private static double[] probabilities(float... logits) {
    double[] target = new double[Softmax.classes(logits.length)];
    Softmax.probabilities(logits, 0, logits.length, 1, target, 0);
    return target;
  }

  private static double[] logProbabilities(float... logits) {
    double[] target = new double[Softmax.classes(logits.length)];
    Softmax.logProbabilities(logits, 0, logits.length, target, 0);
    return target;
  }

  @Test
  void agreesWithScipy() {
    assertThat(probabilities(2f, -1f, 0.5f, 3.25f))
        .containsExactly(
            new double[] {
              0.20994024280759502, 0.01045230922182769, 0.046843999999258916, 0.7327634479713183
            },
            offset(1e-15));
    assertThat(logProbabilities(2f, -1f, 0.5f, 3.25f))
        .containsExactly(
            new double[] {
              -1.5609323468180665, -4.560932346818066, -3.0609323468180665, -0.31093234681806636
            },
            offset(1e-14));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    assertThat(probabilities(1000f, -1000f, 999.5f))
        .containsExactly(new double[] {0.6224593312018546, 0, 0.37754066879814546}, offset(1e-15));
    assertThat(logProbabilities(1000f, -1000f, 999.5f))
        .containsExactly(
            new double[] {-0.4740769841801067, -2000.47407698418, -0.9740769841801067},
            offset(1e-10));
  }

  @Test
  void oneLogitAnswersForTwoClasses() {
    assertThat(probabilities(1.5f))
        .containsExactly(new double[] {0.18242552380635635, 0.8175744761936437}, offset(1e-15));
    assertThat(probabilities(-40f))
        .containsExactly(new double[] {1, 4.248354255291589e-18}, offset(1e-30));
    assertThat(logProbabilities(1.5f))
        .containsExactly(new double[] {-1.7014132779827524, -0.2014132779827524}, offset(1e-15));
    assertThat(logProbabilities(800f)).containsExactly(new double[] {-800, 0}, offset(0.0));
  }

  @Test
  void readsAndWritesWhereItIsTold() {
    double[] target = {7, 7, 7, 7};
    Softmax.probabilities(new float[] {9, 0, 0, 9}, 1, 2, 1, target, 1);
    assertThat(target).containsExactly(7, 0.5, 0.5, 7);
  }
}
