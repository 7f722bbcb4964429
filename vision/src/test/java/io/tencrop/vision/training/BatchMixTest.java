package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import io.tencrop.vision.data.Shuffle;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.BatchMix;
import io.tencrop.vision.recipe.BatchMix.Mixture;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.TrainingOptions;
import io.tencrop.vision.safetensors.SafetensorsFile;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchMixTest {
  private static final int SIDE = 12;
  private static final int CHANNELS = 3;
  private static final int CLASSES = 4;
  private static final int BATCH = 5;
  private static final long SEED = 3;
  private static final double MEAN = 0.4;
  private static final double STD = 0.25;
  private static final double SMOOTHING = 0.1;

  @TempDir Path directory;

  private final ArrayImages images = ArrayImages.squares(13, CLASSES, CHANNELS, SIDE, 1);

  private TrainingSession session(BatchMix... mix) throws Exception {
    return TrainingSession.start(
        new TrainingSettings(
            Architectures.create("logistic", Map.of()),
            new Loss(Loss.Kind.CROSS_ENTROPY, SMOOTHING),
            new Optimizer.Sgd(0, 0, 0, false, 0),
            TrainingOptions.DEFAULTS.withMix(List.of(mix)),
            BATCH,
            4,
            SEED,
            1,
            new InputTransform(null, false, List.of(MEAN), List.of(STD)),
            CLASSES),
        images,
        images);
  }

  /** The loss and the number right, written out for a network that is one product. */
  private double[] expected(double[][] weight, double[] bias, int[] members, Mixture mixture) {
    double loss = 0;
    double right = 0;
    for (int i = 0; i < members.length; i++) {
      int own = members[i];
      int other = members[(i + members.length - 1) % members.length];
      double[] logits = bias.clone();
      for (int c = 0; c < CLASSES; c++) {
        for (int place = 0; place < weight[c].length; place++) {
          int channel = place / (SIDE * SIDE);
          int y = place / SIDE % SIDE;
          int x = place % SIDE;
          boolean patch =
              y >= mixture.top()
                  && y < mixture.bottom()
                  && x >= mixture.left()
                  && x < mixture.right();
          double share = patch ? 0 : mixture.blended();
          logits[c] +=
              weight[c][place]
                  * (share * pixel(own, y, x, channel) + (1 - share) * pixel(other, y, x, channel));
        }
      }
      loss += mixture.lambda() * crossEntropy(logits, images.label(own));
      loss += (1 - mixture.lambda()) * crossEntropy(logits, images.label(other));
      right += best(logits) == images.label(mixture.lambda() >= 0.5 ? own : other) ? 1 : 0;
    }
    return new double[] {loss / members.length, right / members.length};
  }

  private double pixel(int image, int y, int x, int channel) {
    int level = images.images()[image][(y * SIDE + x) * CHANNELS + channel] & 0xFF;
    return (level / 255.0 - MEAN) / STD;
  }

  private static double crossEntropy(double[] logits, int label) {
    double sum = 0;
    double mean = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
      mean += logit / logits.length;
    }
    return Math.log(sum) - (1 - SMOOTHING) * logits[label] - SMOOTHING * mean;
  }

  private static int best(double[] logits) {
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void imagesAndLossesAreMixed(boolean cut) throws Exception {
    BatchMix mix = cut ? new BatchMix.CutMix(1) : new BatchMix.MixUp(0.4);
    try (TrainingSession session = session(mix)) {
      double[][] weight = new double[CLASSES][CHANNELS * SIDE * SIDE];
      double[] bias = new double[CLASSES];
      read(session, weight, bias);
      for (int step = 1; step <= 6; step++) {
        int epoch = (step - 1) / 3;
        int from = (step - 1) % 3 * BATCH;
        int[] order = Shuffle.order(images.size(), SEED, epoch);
        int[] members = Arrays.copyOfRange(order, from, Math.min(from + BATCH, order.length));
        RandomStream random = RandomStream.of(SEED, Purpose.MIX, step);
        assertThat(random.nextInt(1)).isZero();
        Mixture mixture = mix.draw(random, SIDE, SIDE);
        assertThat(mixture.lambda()).isStrictlyBetween(0.0, 1.0);
        double[] expected = expected(weight, bias, members, mixture);
        StepOutcome outcome = session.advance();
        assertThat(outcome.loss()).isCloseTo(expected[0], within(1e-4));
        assertThat(outcome.accuracy()).isCloseTo(expected[1], within(1e-6));
      }
    }
  }

  private void read(TrainingSession session, double[][] weight, double[] bias) throws Exception {
    Path file = directory.resolve("weights");
    try (OutputStream out = Files.newOutputStream(file)) {
      session.snapshot().writeWeights(out);
    }
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      FloatBuffer weights = tensors.data("fc.weight").asFloatBuffer();
      FloatBuffer biases = tensors.data("fc.bias").asFloatBuffer();
      for (int c = 0; c < CLASSES; c++) {
        for (int place = 0; place < weight[c].length; place++) {
          weight[c][place] = weights.get();
        }
        bias[c] = biases.get();
      }
    }
  }

  @Test
  void eachBatchDrawsOneOfTheKinds() throws Exception {
    BatchMix[] both = {new BatchMix.MixUp(1), new BatchMix.CutMix(1)};
    List<Double> alone;
    List<Double> other;
    try (TrainingSession first = session(both[0]);
        TrainingSession second = session(both[1])) {
      alone = losses(first);
      other = losses(second);
    }
    try (TrainingSession session = session(both)) {
      assertThat(losses(session)).isNotEqualTo(alone).isNotEqualTo(other);
    }
  }

  private static List<Double> losses(TrainingSession session) {
    List<Double> losses = new ArrayList<>();
    while (!session.finished()) {
      losses.add(session.advance().loss());
    }
    return losses;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 4})
  void sharesHaveTheBetaDistribution(double alpha) {
    BatchMix mix = new BatchMix.MixUp(alpha);
    int draws = 4000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double lambda = mix.draw(RandomStream.of(1, Purpose.MIX, i), SIDE, SIDE).lambda();
      assertThat(lambda).isBetween(0.0, 1.0);
      sum += lambda;
      squares += (lambda - 0.5) * (lambda - 0.5);
    }
    double variance = 1 / (4 * (2 * alpha + 1));
    assertThat(sum / draws).isCloseTo(0.5, within(5 * Math.sqrt(variance / draws)));
    assertThat(squares / draws).isCloseTo(variance, within(0.06 * variance));
  }

  @Test
  void aPatchIsWithinTheImageAndItsAreaIsTheOthersShare() {
    boolean cutOff = false;
    for (int i = 0; i < 1000; i++) {
      Mixture mixture = new BatchMix.CutMix(1).draw(RandomStream.of(2, Purpose.MIX, i), 9, 14);
      assertThat(mixture.top()).isBetween(0, mixture.bottom());
      assertThat(mixture.left()).isBetween(0, mixture.right());
      assertThat(mixture.bottom()).isLessThanOrEqualTo(9);
      assertThat(mixture.right()).isLessThanOrEqualTo(14);
      int area = (mixture.bottom() - mixture.top()) * (mixture.right() - mixture.left());
      assertThat(mixture.lambda()).isCloseTo(1 - area / 126.0, within(1e-12));
      assertThat(mixture.blended()).isEqualTo(1);
      cutOff |= mixture.top() == 0 && (mixture.bottom() - mixture.top()) % 2 == 1;
    }
    assertThat(cutOff).as("some patch hangs over the edge").isTrue();
  }

  @Test
  void alphaIsAboveZero() {
    assertThatThrownBy(() -> new BatchMix.MixUp(0)).hasMessageContaining("alpha is 0.0");
    assertThatThrownBy(() -> new BatchMix.CutMix(Double.NaN)).hasMessageContaining("alpha is NaN");
  }
}
