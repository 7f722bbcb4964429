package io.tencrop.trainer;

import io.tencrop.contracts.spec.AugmentationSpec;
import io.tencrop.contracts.spec.EarlyStoppingSpec;
import io.tencrop.contracts.spec.EmaSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.MixSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.OptimizerSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ScheduleSpec;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.vision.augment.Augmentation;
import io.tencrop.vision.augment.Cutout;
import io.tencrop.vision.augment.HorizontalFlip;
import io.tencrop.vision.augment.PaddingMode;
import io.tencrop.vision.augment.RandomCrop;
import io.tencrop.vision.augment.RandomErasing;
import io.tencrop.vision.augment.VerticalFlip;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
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

/** What a run's spec means to the vision library. */
final class VisionSettings {
  private VisionSettings() {}

  /**
   * The settings of a run.
   *
   * @param classes of the data set
   * @throws ArchitectureException when there is no such network or option
   */
  static TrainingSettings of(RunSpec run, int classes) throws ArchitectureException {
    TrainingSpec training = run.training();
    return new TrainingSettings(
        Architectures.create(run.architecture().name(), run.architecture().options()),
        loss(training.loss()),
        optimizer(training.optimizer()),
        options(training),
        training.batchSize(),
        training.epochs(),
        run.seed(),
        training.threads(),
        input(run),
        classes);
  }

  static Loss loss(LossSpec loss) {
    Loss.Kind kind =
        switch (loss.type()) {
          case CROSS_ENTROPY -> Loss.Kind.CROSS_ENTROPY;
          case BINARY_CROSS_ENTROPY -> Loss.Kind.BINARY_CROSS_ENTROPY;
        };
    return new Loss(kind, loss.labelSmoothing());
  }

  static TrainingOptions options(TrainingSpec training) {
    EmaSpec ema = training.ema();
    EarlyStoppingSpec stopping = training.earlyStopping();
    TeacherSpec teacher = training.teacher();
    return new TrainingOptions(
        schedule(training.schedule()),
        training.optimizer().decayNormAndBias(),
        training.gradientClipNorm(),
        ema == null ? null : new Ema(ema.decay()),
        stopping == null ? null : earlyStopping(stopping),
        switch (training.precision()) {
          case FLOAT32 -> Precision.FLOAT32;
          case BFLOAT16 -> Precision.BFLOAT16;
        },
        switch (training.memoryFormat()) {
          case CONTIGUOUS -> MemoryFormat.CONTIGUOUS;
          case CHANNELS_LAST -> MemoryFormat.CHANNELS_LAST;
        },
        new FineTuning(training.freeze(), training.bodyLearningRateFactor()),
        training.mix().stream().map(VisionSettings::mix).toList(),
        teacher == null ? null : new Distillation(teacher.temperature(), teacher.weight()));
  }

  private static BatchMix mix(MixSpec mix) {
    if (mix instanceof MixSpec.Mixup mixup) {
      return new BatchMix.MixUp(mixup.alpha());
    }
    if (mix instanceof MixSpec.Cutmix cutmix) {
      return new BatchMix.CutMix(cutmix.alpha());
    }
    throw new IllegalArgumentException("no such mix: " + mix);
  }

  static Schedule schedule(ScheduleSpec schedule) {
    if (schedule instanceof ScheduleSpec.Constant constant) {
      return new Schedule.Constant(constant.warmupEpochs());
    }
    if (schedule instanceof ScheduleSpec.Step step) {
      return new Schedule.Step(step.warmupEpochs(), step.stepEpochs(), step.gamma());
    }
    if (schedule instanceof ScheduleSpec.Cosine cosine) {
      return new Schedule.Cosine(cosine.warmupEpochs(), cosine.finalFactor());
    }
    if (schedule instanceof ScheduleSpec.OneCycle oneCycle) {
      return new Schedule.OneCycle(
          oneCycle.pctStart(),
          oneCycle.divFactor(),
          oneCycle.finalDivFactor(),
          switch (oneCycle.anneal()) {
            case COS -> Schedule.Anneal.COSINE;
            case LINEAR -> Schedule.Anneal.LINEAR;
          });
    }
    throw new IllegalArgumentException("no such schedule: " + schedule);
  }

  static EarlyStopping earlyStopping(EarlyStoppingSpec stopping) {
    return new EarlyStopping(
        stopping.patience(),
        stopping.minDelta(),
        switch (stopping.monitor()) {
          case VALIDATION_LOSS -> EarlyStopping.Monitor.VALIDATION_LOSS;
          case VALIDATION_ACCURACY -> EarlyStopping.Monitor.VALIDATION_ACCURACY;
        });
  }

  static Optimizer optimizer(OptimizerSpec optimizer) {
    if (optimizer instanceof OptimizerSpec.Sgd sgd) {
      return new Optimizer.Sgd(
          sgd.learningRate(), sgd.momentum(), sgd.dampening(), sgd.nesterov(), sgd.weightDecay());
    }
    if (optimizer instanceof OptimizerSpec.Adam adam) {
      return new Optimizer.Adam(
          adam.learningRate(),
          adam.betas().get(0),
          adam.betas().get(1),
          adam.eps(),
          adam.weightDecay());
    }
    if (optimizer instanceof OptimizerSpec.AdamW adamW) {
      return new Optimizer.AdamW(
          adamW.learningRate(),
          adamW.betas().get(0),
          adamW.betas().get(1),
          adamW.eps(),
          adamW.weightDecay());
    }
    throw new IllegalArgumentException("no such optimizer: " + optimizer);
  }

  static InputTransform input(RunSpec run) {
    InputTransform input = input(run.input());
    return input.withAugment(
        run.training().augment().stream()
            .map(operation -> augmentation(operation, input))
            .toList());
  }

  private static Augmentation augmentation(AugmentationSpec operation, InputTransform input) {
    if (operation instanceof AugmentationSpec.RandomCrop crop) {
      return new RandomCrop(
          crop.size(),
          crop.padding(),
          switch (crop.paddingMode()) {
            case CONSTANT -> PaddingMode.CONSTANT;
            case EDGE -> PaddingMode.EDGE;
            case REFLECT -> PaddingMode.REFLECT;
            case SYMMETRIC -> PaddingMode.SYMMETRIC;
          });
    }
    if (operation instanceof AugmentationSpec.HorizontalFlip flip) {
      return new HorizontalFlip(flip.p());
    }
    if (operation instanceof AugmentationSpec.VerticalFlip flip) {
      return new VerticalFlip(flip.p());
    }
    if (operation instanceof AugmentationSpec.RandomErasing erasing) {
      return new RandomErasing(
          erasing.p(),
          erasing.scale().get(0),
          erasing.scale().get(1),
          erasing.ratio().get(0),
          erasing.ratio().get(1),
          input.levels(erasing.value()));
    }
    if (operation instanceof AugmentationSpec.Cutout cutout) {
      return new Cutout(cutout.size(), input.levels(0));
    }
    throw new IllegalArgumentException("no such augmentation: " + operation);
  }

  private static InputTransform input(InputSpec input) {
    Normalization normalize = input.normalize();
    return new InputTransform(
        input.crop(),
        input.trainCrop() == TrainCrop.RANDOM,
        normalize == null ? List.of() : normalize.mean(),
        normalize == null ? List.of() : normalize.std());
  }
}
