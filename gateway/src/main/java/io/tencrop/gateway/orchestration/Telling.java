package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import java.time.Clock;
import java.util.List;

/** Changes of state together with telling of them. */
final class Telling {
  /** Names of the events that people can follow. */
  static final String STATE = "state";

  static final String DATASET = "dataset";
  static final String RUN = "run";
  static final String METRICS = "metrics";

  private final Ledger ledger;
  private final Clock clock;

  Telling(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  void created(Experiment experiment) {
    state(experiment);
  }

  void become(Experiment experiment, State next, String why) {
    experiment.become(next, why, clock.instant());
    state(experiment);
  }

  void fail(Experiment experiment, Failure failure) {
    experiment.fail(failure, clock.instant());
    state(experiment);
  }

  void become(Experiment experiment, Run run, State next, String why) {
    run.become(next, why);
    run(experiment, run);
  }

  void fail(Experiment experiment, Run run, Failure failure) {
    run.fail(failure);
    run(experiment, run);
  }

  void shards(Experiment experiment, DatasetProgress progress) {
    experiment.explain(
        "Preparing the data: %d of %d shards are written"
            .formatted(progress.shardsDone(), progress.shardsTotal()),
        clock.instant());
    ledger.tell(experiment, DATASET, progress);
  }

  void metrics(
      Experiment experiment, Run run, List<MetricPoint> points, List<EpochMetrics> epochs) {
    if (!points.isEmpty() || !epochs.isEmpty()) {
      ledger.tell(
          experiment,
          METRICS,
          new RunMetrics(
              run.id(),
              run.spec().name(),
              points,
              epochs.stream().map(EpochMetrics::withoutNorms).toList()));
    }
  }

  void run(Experiment experiment, Run run) {
    ledger.tell(
        experiment, RUN, Views.run(run, ledger.progress(run.id()), ledger.lastEpoch(run.id())));
  }

  private void state(Experiment experiment) {
    ledger.tell(
        experiment,
        STATE,
        Views.summary(experiment, ledger.runs(experiment.id()), Views.NO_REPORTS));
  }
}
