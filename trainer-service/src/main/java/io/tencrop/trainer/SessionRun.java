package io.tencrop.trainer;

import io.tencrop.vision.training.Snapshot;
import io.tencrop.vision.training.StepOutcome;
import io.tencrop.vision.training.TrainingSession;
import java.util.List;

/**
 * A run in a session of the vision library, with the files that it reads.
 *
 * @param engines that made its steps so far, this one included
 */
record SessionRun(TrainingSession session, OpenResources resources, List<String> engines)
    implements RunInTraining {
  SessionRun {
    engines = List.copyOf(engines);
  }

  @Override
  public long step() {
    return session.step();
  }

  @Override
  public long totalSteps() {
    return session.totalSteps();
  }

  @Override
  public boolean finished() {
    return session.finished();
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
  public long dataWaitNanos() {
    return session.dataWaitNanos();
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
