package io.tencrop.vision.training;

import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;

/**
 * All that a run depends on beside its data and the engine.
 *
 * @param threads CPU threads of one operation; another count gives other bits
 */
public record TrainingSettings(
    Architecture architecture,
    Loss loss,
    Optimizer optimizer,
    int batchSize,
    int epochs,
    long seed,
    int threads,
    InputTransform input,
    int classes) {
  public TrainingSettings {
    if (batchSize < 1 || epochs < 1 || threads < 1 || classes < 2) {
      throw new IllegalArgumentException(
          "batch size %d, epochs %d, threads %d, classes %d"
              .formatted(batchSize, epochs, threads, classes));
    }
  }
}
