package io.tencrop.trainer;

import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingProgress;
import java.io.IOException;

/** Where facts and progress are told. */
interface TrainingEvents {
  /** Tells a fact; returns when it is kept. Any thread may call it. */
  void publish(TrainingEvent event) throws IOException, InterruptedException;

  /** Tells people who watch; never waits, and may be lost. */
  void report(TrainingProgress progress);
}
