package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Shuffle;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.safetensors.SafetensorsHeader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logistic regression worked out in double precision, with the formulas of PyTorch's documentation,
 * against the engine.
 */
class OptimizerParityTest {
  private static final int SIDE = 8;
  private static final int INPUTS = SIDE * SIDE;

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        new Optimizer.Sgd(0.1, 0, 0, false, 0),
        new Optimizer.Sgd(0.1, 0, 0, false, 0.01),
        new Optimizer.Sgd(0.1, 0.9, 0, false, 0.01),
        new Optimizer.Sgd(0.1, 0.9, 0.2, false, 0),
        new Optimizer.Sgd(0.1, 0.9, 0, true, 0.01),
        new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0),
        new Optimizer.Adam(0.01, 0.8, 0.99, 1e-6, 0.1),
        new Optimizer.AdamW(0.01, 0.9, 0.999, 1e-8, 0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void tenStepsAgree(Optimizer optimizer) throws Exception {
    ArrayImages images = ArrayImages.squares(40, 2, 1, SIDE, 3);
    TrainingSettings settings =
        new TrainingSettings(
            Architectures.create("logistic", Map.of()),
            Loss.BINARY_CROSS_ENTROPY,
            optimizer,
            8,
            2,
            5,
            1,
            new InputTransform(null, false, List.of(0.5), List.of(0.25)),
            2);
    try (TrainingSession session = TrainingSession.start(settings, images, images)) {
      Reference reference = new Reference(optimizer, weights(session));
      for (int step = 1; step <= 10; step++) {
        int[] order = Shuffle.order(40, 5, (step - 1) / 5);
        double loss = reference.step(images, order, (step - 1) % 5 * 8, step);
        assertThat(session.advance().loss()).isCloseTo(loss, Offset.offset(2e-6));
      }
      double[] weights = weights(session);
      for (int i = 0; i <= INPUTS; i++) {
        assertThat(weights[i]).isCloseTo(reference.w[i], Offset.offset(2e-6));
      }
    }
  }

  /** The weights, then the bias. */
  private static double[] weights(TrainingSession session) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    session.snapshot().writeWeights(out);
    byte[] bytes = out.toByteArray();
    SafetensorsHeader header =
        SafetensorsHeader.read(new ByteArrayInputStream(bytes), bytes.length);
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] weights = new double[INPUTS + 1];
    for (int i = 0; i <= INPUTS; i++) {
      weights[i] = data.getFloat((int) header.dataOffset() + 4 * i);
    }
    return weights;
  }

  private static final class Reference {
    private final Optimizer optimizer;
    private final double[] w;
    private final double[] m = new double[INPUTS + 1];
    private final double[] v = new double[INPUTS + 1];

    Reference(Optimizer optimizer, double[] initial) {
      this.optimizer = optimizer;
      this.w = initial.clone();
    }

    double step(ArrayImages images, int[] order, int from, int step) {
      double[] gradient = new double[INPUTS + 1];
      double loss = 0;
      for (int k = from; k < from + 8; k++) {
        byte[] image = images.images()[order[k]];
        int label = images.labels()[order[k]];
        double z = w[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
          z += w[i] * x(image[i]);
        }
        loss += (Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0) - z * label) / 8;
        double error = (1 / (1 + Math.exp(-z)) - label) / 8;
        for (int i = 0; i < INPUTS; i++) {
          gradient[i] += error * x(image[i]);
        }
        gradient[INPUTS] += error;
      }
      for (int i = 0; i <= INPUTS; i++) {
        update(i, gradient[i], step);
      }
      return loss;
    }

    private static double x(byte pixel) {
      return ((pixel & 0xFF) / 255.0 - 0.5) / 0.25;
    }

    private void update(int i, double gradient, int step) {
      double g = gradient;
      if (optimizer instanceof Optimizer.Sgd sgd) {
        g += sgd.weightDecay() * w[i];
        if (sgd.momentum() != 0) {
          m[i] = step == 1 ? g : sgd.momentum() * m[i] + (1 - sgd.dampening()) * g;
          g = sgd.nesterov() ? g + sgd.momentum() * m[i] : m[i];
        }
        w[i] -= sgd.learningRate() * g;
      } else if (optimizer instanceof Optimizer.Adam adam) {
        g += adam.weightDecay() * w[i];
        adam(i, g, step, adam.learningRate(), adam.beta1(), adam.beta2(), adam.eps());
      } else if (optimizer instanceof Optimizer.AdamW adam) {
        w[i] -= adam.learningRate() * adam.weightDecay() * w[i];
        adam(i, g, step, adam.learningRate(), adam.beta1(), adam.beta2(), adam.eps());
      }
    }

    private void adam(
        int i, double g, int step, double rate, double beta1, double beta2, double eps) {
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      double mean = m[i] / (1 - Math.pow(beta1, step));
      double square = v[i] / (1 - Math.pow(beta2, step));
      w[i] -= rate * mean / (Math.sqrt(square) + eps);
    }
  }
}
