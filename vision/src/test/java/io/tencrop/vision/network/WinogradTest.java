package io.tencrop.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WinogradTest {
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void theTransformsMakeACorrelation(int kernel) {
    Winograd winograd = Winograd.of(Conv2d.of(64, 64, kernel, 1, 1)).orElseThrow();
    Random random = new Random(1);
    double[] window = random.doubles(kernel + 3, -1, 1).toArray();
    double[] weights = random.doubles(kernel, -1, 1).toArray();
    double[] outputs = new double[4];
    for (int i = 0; i < window.length; i++) {
      double product = times(winograd.input()[i], window) * times(winograd.weights()[i], weights);
      for (int j = 0; j < 4; j++) {
        outputs[j] += product * winograd.output()[i][j];
      }
    }
    for (int j = 0; j < 4; j++) {
      double expected = 0;
      for (int i = 0; i < kernel; i++) {
        expected += window[j + i] * weights[i];
      }
      assertThat(outputs[j]).isCloseTo(expected, within(1e-13));
    }
  }

  private static double times(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
