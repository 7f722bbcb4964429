package io.tencrop.vision.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.parity.ParityPlan.Case;
import io.tencrop.vision.parity.ParityPlan.Training;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Twenty steps from the same weights over the same batches against what PyTorch's eager mode
 * measured, which {@code tools/parity --write-golden} writes.
 */
class ParityTest {
  /** Relative, for losses; for logits in units of the largest. */
  private static final double TOLERANCE = 1e-4;

  /** Where rounding grows beyond that, this many times PyTorch's difference to itself. */
  private static final double ROUNDING = 10;

  private static final ParityPlan PLAN = ParityPlan.read();

  @TempDir Path directory;

  /** A case's outcomes by training. */
  record Golden(String pytorch, String torchvision, Map<String, Expected> outcomes) {}

  /**
   * What PyTorch measured.
   *
   * @param lossesAgain relative differences of the losses when PyTorch does the same with {@code
   *     torch.channels_last}: what rounding comes to
   * @param logitsAgain the same of the logits, in units of the largest
   */
  record Expected(
      double[] losses,
      float[] initialLogits,
      float[] logits,
      double[] lossesAgain,
      double logitsAgain) {}

  static Stream<Case> cases() {
    return PLAN.cases().stream().filter(Case::golden);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainsAsPyTorch(Case parityCase) throws Exception {
    Golden golden = ParityPlan.read(parityCase.name() + ".json", Golden.class);
    ParityRun run = new ParityRun(parityCase);
    Path initial = directory.resolve("initial");
    Path trained = directory.resolve("trained");
    Training first = PLAN.trainings().get(parityCase.trainings().get(0));
    run.writeInitial(first, initial);
    float[] initialLogits = run.logits(first.loss(), initial);
    for (String name : parityCase.trainings()) {
      Expected expected = golden.outcomes().get(name);
      Training training = PLAN.trainings().get(name);
      double[] losses = run.train(training, initial, trained);
      double tolerance = TOLERANCE;
      for (int step = 0; step < ParityRun.STEPS; step++) {
        tolerance = Math.max(tolerance, ROUNDING * expected.lossesAgain()[step]);
        assertThat(losses[step])
            .as("%s, loss of step %d", name, step + 1)
            .isCloseTo(expected.losses()[step], Percentage.withPercentage(100 * tolerance));
      }
      assertClose(name, initialLogits, expected.initialLogits(), TOLERANCE);
      assertClose(
          name,
          run.logits(training.loss(), trained),
          expected.logits(),
          Math.max(TOLERANCE, ROUNDING * expected.logitsAgain()));
    }
  }

  private static void assertClose(
      String training, float[] logits, float[] expected, double tolerance) {
    assertThat(logits).hasSameSizeAs(expected);
    double scale = 1;
    for (float logit : expected) {
      scale = Math.max(scale, Math.abs(logit));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) logits[i])
          .as("%s, logit %d", training, i)
          .isCloseTo(expected[i], Offset.offset(tolerance * scale));
    }
  }
}
