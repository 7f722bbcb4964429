package io.tencrop.vision.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
  /** Training and validation losses in turns. */
  static Curve curve(double... losses) {
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < losses.length; i += 2) {
      epochs.add(new Epoch(i / 2 + 1, losses[i], 0.5, losses[i + 1], 0.5));
    }
    return new Curve(epochs);
  }

  @Test
  void overfittingBeginsAfterTheLowestValidationLoss() {
    assertThat(curve(1, 1, 0.8, 0.9, 0.6, 0.95, 0.4, 1.1).overfittingFrom()).hasValue(3);
  }

  @Test
  void aRiseThatIsSmallOrPassesIsNone() {
    assertThat(curve(1, 1, 0.8, 0.9, 0.6, 0.92, 0.4, 0.93).overfittingFrom()).isEmpty();
    assertThat(curve(1, 1, 0.8, 0.9, 0.6, 2, 0.4, 0.9).overfittingFrom()).isEmpty();
  }

  @Test
  void whereTheTrainingLossRisesTooItIsNotOverfitting() {
    assertThat(curve(1, 1, 0.8, 0.9, 0.9, 1.2, 0.95, 1.4).overfittingFrom()).isEmpty();
  }

  @Test
  void withoutValidationOrWithFewEpochsNothingIsSaid() {
    double none = Double.NaN;
    assertThat(curve(1, none, 0.8, none, 0.6, none).overfittingFrom()).isEmpty();
    assertThat(curve(1, 0.5, 0.2, 2).overfittingFrom()).isEmpty();
    assertThat(curve().overfittingFrom()).isEmpty();
  }

  @Test
  void gradientsAreTakenOverTheWeightsTheyBelongTo() {
    List<GradientFlow.Norm> norms =
        List.of(
            new GradientFlow.Norm("conv1.weight", 1e-6, 2),
            new GradientFlow.Norm("conv1.bias", 9, 1),
            new GradientFlow.Norm("fc.weight", 0.1, 0.5),
            new GradientFlow.Norm("fc.bias", 9, 1));
    GradientFlow flow = GradientFlow.of(4, norms).orElseThrow();
    assertThat(flow.firstParameter()).isEqualTo("conv1.weight");
    assertThat(flow.first()).isCloseTo(5e-7, within(1e-18));
    assertThat(flow.lastParameter()).isEqualTo("fc.weight");
    assertThat(flow.last()).isCloseTo(0.2, within(1e-12));
    assertThat(flow.vanishes()).isTrue();
    assertThat(GradientFlow.of(4, norms.subList(0, 2))).isEmpty();
  }
}
