package io.tencrop.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.OptimizerSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.training.TrainingSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisionSettingsTest {
  private static final Map<Class<?>, OptimizerSpec> SPECS =
      Map.of(
          OptimizerSpec.Sgd.class, new OptimizerSpec.Sgd(0.1, 0.9, 0.2, true, 0.3),
          OptimizerSpec.Adam.class, new OptimizerSpec.Adam(0.1, List.of(0.8, 0.9), 1e-7, 0.3),
          OptimizerSpec.AdamW.class, new OptimizerSpec.AdamW(0.1, List.of(0.8, 0.9), 1e-7, 0.3));
  private static final Map<Class<?>, Optimizer> OPTIMIZERS =
      Map.of(
          OptimizerSpec.Sgd.class, new Optimizer.Sgd(0.1, 0.9, 0.2, true, 0.3),
          OptimizerSpec.Adam.class, new Optimizer.Adam(0.1, 0.8, 0.9, 1e-7, 0.3),
          OptimizerSpec.AdamW.class, new Optimizer.AdamW(0.1, 0.8, 0.9, 1e-7, 0.3));

  @Test
  void everyOptimizerOfTheContractsIsKnown() {
    for (Class<?> type : OptimizerSpec.class.getPermittedSubclasses()) {
      assertThat(VisionSettings.optimizer(SPECS.get(type))).isEqualTo(OPTIMIZERS.get(type));
    }
  }

  @Test
  void everyLossOfTheContractsIsKnown() {
    for (LossSpec loss : LossSpec.values()) {
      assertThat(VisionSettings.loss(loss)).isEqualTo(new Loss(Loss.Kind.valueOf(loss.name()), 0));
    }
  }

  @Test
  void inputIsTakenOver() {
    assertThat(VisionSettings.input(Segments.run(1, 1).input()))
        .isEqualTo(new InputTransform(32, true, List.of(0.5), List.of(0.5)));
    assertThat(VisionSettings.input(new InputSpec(null, TrainCrop.CENTER, null)))
        .isEqualTo(new InputTransform(null, false, List.of(), List.of()));
  }

  @Test
  void runIsTakenOver() throws Exception {
    TrainingSettings settings = VisionSettings.of(Segments.run(7, 3), 10);
    assertThat(settings.architecture().name()).isEqualTo("lenet5");
    assertThat(settings.batchSize()).isEqualTo(16);
    assertThat(settings.epochs()).isEqualTo(3);
    assertThat(settings.seed()).isEqualTo(7);
    assertThat(settings.threads()).isEqualTo(1);
    assertThat(settings.classes()).isEqualTo(10);
  }

  @Test
  void unknownArchitectureIsRefusedByName() {
    RunSpec known = Segments.run(1, 1);
    RunSpec unknown =
        new RunSpec(
            known.name(),
            known.group(),
            new ArchitectureSpec("perceptron", Map.of()),
            known.seed(),
            known.optimizer(),
            known.loss(),
            known.batchSize(),
            known.epochs(),
            known.threads(),
            known.input());
    assertThatThrownBy(() -> VisionSettings.of(unknown, 10))
        .isInstanceOf(ArchitectureException.class)
        .hasMessageContaining("perceptron")
        .hasMessageContaining("lenet5");
  }
}
