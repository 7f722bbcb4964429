package io.tencrop.standalone.client;

import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.contracts.event.TrainingProgress;

/** Hears what happens to an experiment. */
public interface ExperimentListener {
  /** The experiment's state, reason or progress changed. */
  void state(ExperimentSummary experiment);

  /** Shards were written. */
  void dataset(DatasetProgress progress);

  /** A run's state or head changed. */
  void run(RunView run);

  /** A segment ended: its points and epochs. */
  void metrics(RunMetrics metrics);

  /** A trainer's report, about once a second. */
  void progress(TrainingProgress progress);

  /** The connection was lost and is being made again. */
  void reconnecting(String why);
}
