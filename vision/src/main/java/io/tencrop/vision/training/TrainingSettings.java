package io.tencrop.vision.training;

import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.TrainingOptions;

/**
 * All that a run depends on beside its data and the engine.
 *
 * @param options beyond a plain loop
 * @param threads CPU threads of one operation; another count gives other bits
 */
public record TrainingSettings(
    Architecture architecture,
    Loss loss,
    Optimizer optimizer,
    TrainingOptions options,
    int batchSize,
    int epochs,
    long seed,
    int threads,
    InputTransform input,
    int classes) {
  /** With {@link TrainingOptions#DEFAULTS}. */
  public TrainingSettings(
      Architecture architecture,
      Loss loss,
      Optimizer optimizer,
      int batchSize,
      int epochs,
      long seed,
      int threads,
      InputTransform input,
      int classes) {
    this(
        architecture,
        loss,
        optimizer,
        TrainingOptions.DEFAULTS,
        batchSize,
        epochs,
        seed,
        threads,
        input,
        classes);
  }

  public TrainingSettings {
    if (batchSize < 1 || epochs < 1 || threads < 1 || classes < 2) {
      throw new IllegalArgumentException(
          "batch size %d, epochs %d, threads %d, classes %d"
              .formatted(batchSize, epochs, threads, classes));
    }
  }
}
