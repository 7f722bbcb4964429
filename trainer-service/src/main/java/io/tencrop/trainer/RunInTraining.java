package io.tencrop.trainer;

import io.tencrop.vision.training.Snapshot;
import io.tencrop.vision.training.StepOutcome;
import java.util.List;

/**
 * A run that can be trained on from where it stands. All calls come from one thread; only a
 * snapshot may be given to another.
 */
interface RunInTraining extends AutoCloseable {
  /** Optimizer updates so far. */
  long step();

  /** Optimizer updates of the whole run, unless it stops early. */
  long totalSteps();

  /** Whether there is nothing left to train: after the last step, or by early stopping. */
  boolean finished();

  /** Whole epochs so far. */
  int epoch();

  /** Trains on the next batch; at an epoch's end also measures on the validation images. */
  StepOutcome advance();

  /** How long the steps have waited in all for their batches, in nanoseconds. */
  long dataWaitNanos();

  /** A copy of the state. */
  Snapshot snapshot();

  /** What trains it, for example {@code PyTorch 2.7.1 cpu}. */
  String engine();

  /** What made its steps so far, each once, in the order in which they came in; this one is one. */
  List<String> engines();

  @Override
  void close();
}
