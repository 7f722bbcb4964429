package io.tencrop.trainer;

import io.tencrop.vision.training.Snapshot;
import io.tencrop.vision.training.StepOutcome;
import io.tencrop.vision.training.TrainingSession;

/** A run in a session of the vision library, with the files that it reads. */
record SessionRun(TrainingSession session, OpenResources resources) implements RunInTraining {
  @Override
  public long step() {
    return session.step();
  }

  @Override
  public long totalSteps() {
    return session.totalSteps();
  }

  @Override
  public int epoch() {
    return session.epoch();
  }

  @Override
  public StepOutcome advance() {
    return session.advance();
  }

  @Override
  public Snapshot snapshot() {
    return session.snapshot();
  }

  @Override
  public String engine() {
    return session.engine();
  }

  /** Ends the session, then gives back the files. */
  @Override
  public void close() {
    resources.close();
  }
}
