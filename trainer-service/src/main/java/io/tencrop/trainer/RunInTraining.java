package io.tencrop.trainer;

import io.tencrop.vision.training.Snapshot;
import io.tencrop.vision.training.StepOutcome;

/**
 * A run that can be trained on from where it stands. All calls come from one thread; only a
 * snapshot may be given to another.
 */
interface RunInTraining extends AutoCloseable {
  /** Optimizer updates so far. */
  long step();

  /** Optimizer updates of the whole run. */
  long totalSteps();

  /** Whole epochs so far. */
  int epoch();

  /** Trains on the next batch; at an epoch's end also measures on the validation images. */
  StepOutcome advance();

  /** A copy of the state. */
  Snapshot snapshot();

  /** What trains it, for example {@code PyTorch 2.7.1 cpu}. */
  String engine();

  @Override
  void close();
}
