package io.tencrop.standalone;

import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.standalone.client.ExperimentListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what an experiment's events told. */
final class RecordedExperiment implements ExperimentListener {
  final List<State> states = new ArrayList<>();
  final List<DatasetProgress> prepared = new ArrayList<>();
  final List<RunMetrics> metrics = new ArrayList<>();
  final Set<String> trainers = ConcurrentHashMap.newKeySet();

  @Override
  public void state(ExperimentSummary experiment) {
    if (states.isEmpty() || states.get(states.size() - 1) != experiment.state()) {
      states.add(experiment.state());
    }
  }

  @Override
  public void dataset(DatasetProgress progress) {
    prepared.add(progress);
  }

  @Override
  public void run(RunView run) {
    if (run.trainer() != null) {
      trainers.add(run.trainer());
    }
  }

  @Override
  public void metrics(RunMetrics ended) {
    metrics.add(ended);
  }

  @Override
  public void progress(TrainingProgress progress) {
    trainers.add(progress.trainer());
  }

  @Override
  public void reconnecting(String why) {}
}
