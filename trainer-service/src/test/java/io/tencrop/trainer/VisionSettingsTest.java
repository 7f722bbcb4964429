package io.tencrop.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.AugmentationSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.OptimizerSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ScheduleSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.vision.augment.Cutout;
import io.tencrop.vision.augment.HorizontalFlip;
import io.tencrop.vision.augment.PaddingMode;
import io.tencrop.vision.augment.RandomCrop;
import io.tencrop.vision.augment.RandomErasing;
import io.tencrop.vision.augment.VerticalFlip;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.recipe.BatchMix;
import io.tencrop.vision.recipe.Distillation;
import io.tencrop.vision.recipe.EarlyStopping;
import io.tencrop.vision.recipe.Ema;
import io.tencrop.vision.recipe.FineTuning;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.MemoryFormat;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.Precision;
import io.tencrop.vision.recipe.Schedule;
import io.tencrop.vision.recipe.TrainingOptions;
import io.tencrop.vision.training.TrainingSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisionSettingsTest {
  private static final Map<Class<?>, OptimizerSpec> SPECS =
      Map.of(
          OptimizerSpec.Sgd.class, new OptimizerSpec.Sgd(0.1, 0.9, 0.2, true, 0.3, true),
          OptimizerSpec.Adam.class, new OptimizerSpec.Adam(0.1, List.of(0.8, 0.9), 1e-7, 0.3, true),
          OptimizerSpec.AdamW.class,
              new OptimizerSpec.AdamW(0.1, List.of(0.8, 0.9), 1e-7, 0.3, true));
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
    for (LossSpec.Type type : LossSpec.Type.values()) {
      assertThat(VisionSettings.loss(new LossSpec(type, 0)))
          .isEqualTo(new Loss(Loss.Kind.valueOf(type.name()), 0));
    }
    assertThat(VisionSettings.loss(new LossSpec(LossSpec.Type.CROSS_ENTROPY, 0.1)))
        .isEqualTo(new Loss(Loss.Kind.CROSS_ENTROPY, 0.1));
  }

  @Test
  void everyScheduleOfTheContractsIsKnown() {
    Map<Class<?>, ScheduleSpec> specs =
        Map.of(
            ScheduleSpec.Constant.class,
            new ScheduleSpec.Constant(0.5),
            ScheduleSpec.Step.class,
            new ScheduleSpec.Step(0.5, 3, 0.2),
            ScheduleSpec.Cosine.class,
            new ScheduleSpec.Cosine(0.5, 0.01),
            ScheduleSpec.OneCycle.class,
            new ScheduleSpec.OneCycle(0.4, 10, 100, ScheduleSpec.Anneal.LINEAR));
    Map<Class<?>, Schedule> schedules =
        Map.of(
            ScheduleSpec.Constant.class,
            new Schedule.Constant(0.5),
            ScheduleSpec.Step.class,
            new Schedule.Step(0.5, 3, 0.2),
            ScheduleSpec.Cosine.class,
            new Schedule.Cosine(0.5, 0.01),
            ScheduleSpec.OneCycle.class,
            new Schedule.OneCycle(0.4, 10, 100, Schedule.Anneal.LINEAR));
    for (Class<?> type : ScheduleSpec.class.getPermittedSubclasses()) {
      assertThat(VisionSettings.schedule(specs.get(type))).isEqualTo(schedules.get(type));
    }
  }

  @Test
  void withoutOptionsTheLoopIsPlain() {
    assertThat(VisionSettings.options(TrainingSpec.defaults())).isEqualTo(TrainingOptions.DEFAULTS);
  }

  @Test
  void optionsAreTakenOver() {
    RunSpec run =
        Segments.with(
            Segments.run(1, 1),
            """
            {"optimizer": {"type": "adam", "decayNormAndBias": false},
             "gradientClipNorm": 2.5, "ema": {"decay": 0.99},
             "earlyStopping": {"patience": 3, "minDelta": 0.01, "monitor": "validationAccuracy"},
             "precision": "bfloat16", "memoryFormat": "contiguous", "freeze": ["conv1.*"], "bodyLearningRateFactor": 0.2,
             "mix": [{"mixup": {"alpha": 0.3}}, {"cutmix": {}}],
             "teacher": {"experiment": "e", "ensemble": "all", "temperature": 2}}
            """,
            Segments.run(1, 1).input());
    assertThat(VisionSettings.options(run.training()))
        .isEqualTo(
            new TrainingOptions(
                Schedule.CONSTANT,
                false,
                2.5,
                new Ema(0.99),
                new EarlyStopping(3, 0.01, EarlyStopping.Monitor.VALIDATION_ACCURACY),
                Precision.BFLOAT16,
                MemoryFormat.CONTIGUOUS,
                new FineTuning(List.of("conv1.*"), 0.2),
                List.of(new BatchMix.MixUp(0.3), new BatchMix.CutMix(1)),
                new Distillation(2, 0.9)));
  }

  @Test
  void inputIsTakenOver() {
    assertThat(VisionSettings.input(Segments.run(1, 1)))
        .isEqualTo(new InputTransform(32, true, List.of(0.5), List.of(0.5)));
    RunSpec whole =
        Segments.with(Segments.run(1, 1), "{}", new InputSpec(null, TrainCrop.CENTER, null));
    assertThat(VisionSettings.input(whole))
        .isEqualTo(new InputTransform(null, false, List.of(), List.of()));
  }

  @Test
  void everyAugmentationOfTheContractsIsKnown() {
    RunSpec run =
        Segments.with(
            Segments.run(1, 1),
            """
            {"augment": [{"randomCrop": {"size": 32, "padding": 4, "paddingMode": "reflect"}},
              {"horizontalFlip": {"p": 0.4}}, {"verticalFlip": {"p": 0.1}},
              {"randomErasing": {"p": 0.2, "scale": [0.1, 0.2], "ratio": [0.5, 2], "value": 1}},
              {"cutout": {"size": 8}}]}
            """,
            new InputSpec(
                32, TrainCrop.RANDOM, new Normalization(List.of(0.25, 0.5), List.of(0.5, 1.0))));
    assertThat(AugmentationSpec.class.getPermittedSubclasses())
        .extracting(Class::getName)
        .containsExactlyInAnyOrderElementsOf(
            run.training().augment().stream().map(known -> known.getClass().getName()).toList());
    assertThat(VisionSettings.input(run).augment())
        .containsExactly(
            new RandomCrop(32, 4, PaddingMode.REFLECT),
            new HorizontalFlip(0.4),
            new VerticalFlip(0.1),
            new RandomErasing(0.2, 0.1, 0.2, 0.5, 2, List.of(191, 255)),
            new Cutout(8, List.of(64, 128)));
    for (AugmentationSpec.PaddingMode mode : AugmentationSpec.PaddingMode.values()) {
      RunSpec padded =
          Segments.with(
              run,
              "{\"augment\": [{\"randomCrop\": {\"size\": 32, \"paddingMode\": \"%s\"}}]}"
                  .formatted(mode.name().toLowerCase(Locale.ROOT)),
              run.input());
      assertThat(VisionSettings.input(padded).augment())
          .containsExactly(new RandomCrop(32, 0, PaddingMode.valueOf(mode.name())));
    }
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
            known.training(),
            known.input());
    assertThatThrownBy(() -> VisionSettings.of(unknown, 10))
        .isInstanceOf(ArchitectureException.class)
        .hasMessageContaining("perceptron")
        .hasMessageContaining("lenet5");
  }
}
