package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.gateway.state.Checkpoint;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import io.tencrop.gateway.state.RunProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ledger in memory. */
final class MemoryLedger implements Ledger {
  final Map<UUID, Experiment> experiments = new LinkedHashMap<>();
  final List<Run> runs = new ArrayList<>();
  final List<Checkpoint> checkpoints = new ArrayList<>();
  final Map<Long, MetricPoint> points = new TreeMap<>();
  final Map<Long, EpochMetrics> epochs = new TreeMap<>();
  final List<Sent> sent = new ArrayList<>();
  final List<String> told = new ArrayList<>();

  record Sent(String topic, UUID key, Object message) {}

  <T> List<T> sent(Class<T> type) {
    return sent.stream().map(Sent::message).filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public Optional<Experiment> lock(UUID experimentId) {
    return Optional.ofNullable(experiments.get(experimentId));
  }

  @Override
  public Optional<Experiment> find(UUID experimentId) {
    return Optional.ofNullable(experiments.get(experimentId));
  }

  @Override
  public List<Run> runs(UUID experimentId) {
    return runs.stream().filter(run -> run.experimentId().equals(experimentId)).toList();
  }

  @Override
  public Optional<Run> run(UUID experimentId, UUID runId) {
    return runs(experimentId).stream().filter(run -> run.id().equals(runId)).findFirst();
  }

  @Override
  public List<Checkpoint> checkpoints(UUID runId) {
    return checkpoints.stream()
        .filter(checkpoint -> checkpoint.runId().equals(runId))
        .sorted(Comparator.comparingLong(Checkpoint::step).thenComparing(Checkpoint::isAverage))
        .toList();
  }

  @Override
  public void add(Experiment experiment) {
    experiments.put(experiment.id(), experiment);
  }

  @Override
  public void add(Run run) {
    runs.add(run);
  }

  @Override
  public void add(Checkpoint checkpoint) {
    checkpoints.add(checkpoint);
  }

  @Override
  public void save(UUID runId, List<MetricPoint> newPoints, List<EpochMetrics> newEpochs) {
    newPoints.forEach(point -> points.put(point.step(), point));
    newEpochs.forEach(epoch -> epochs.put(epoch.step(), epoch));
  }

  @Override
  public List<EpochMetrics> epochs(UUID runId, long step) {
    return List.copyOf(epochs.values());
  }

  @Override
  public @Nullable EpochMetrics lastEpoch(UUID runId) {
    return null;
  }

  @Override
  public @Nullable RunProgress progress(UUID runId) {
    return null;
  }

  @Override
  public void send(String topic, UUID key, Object message) {
    sent.add(new Sent(topic, key, message));
  }

  @Override
  public void tell(Experiment experiment, String event, Object data) {
    told.add(experiment.nextEvent() + " " + event);
  }
}
