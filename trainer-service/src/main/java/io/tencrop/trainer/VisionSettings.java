package io.tencrop.trainer;

import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.OptimizerSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
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
    return new TrainingSettings(
        Architectures.create(run.architecture().name(), run.architecture().options()),
        loss(run.loss()),
        optimizer(run.optimizer()),
        run.batchSize(),
        run.epochs(),
        run.seed(),
        run.threads(),
        input(run.input()),
        classes);
  }

  static Loss loss(LossSpec loss) {
    return switch (loss) {
      case CROSS_ENTROPY -> Loss.CROSS_ENTROPY;
      case BINARY_CROSS_ENTROPY -> Loss.BINARY_CROSS_ENTROPY;
    };
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

  static InputTransform input(InputSpec input) {
    Normalization normalize = input.normalize();
    return new InputTransform(
        input.crop(),
        input.trainCrop() == TrainCrop.RANDOM,
        normalize == null ? List.of() : normalize.mean(),
        normalize == null ? List.of() : normalize.std());
  }
}
