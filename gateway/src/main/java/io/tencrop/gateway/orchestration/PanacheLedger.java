package io.tencrop.gateway.orchestration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.gateway.state.Checkpoint;
import io.tencrop.gateway.state.Checkpoints;
import io.tencrop.gateway.state.Curves;
import io.tencrop.gateway.state.EventLog;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.ExperimentEvent;
import io.tencrop.gateway.state.Experiments;
import io.tencrop.gateway.state.Outbox;
import io.tencrop.gateway.state.OutboxMessage;
import io.tencrop.gateway.state.Run;
import io.tencrop.gateway.state.RunProgress;
import io.tencrop.gateway.state.Runs;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger in PostgreSQL, within the transaction at hand. */
@ApplicationScoped
class PanacheLedger implements Ledger {
  private final Experiments experiments;
  private final Runs runs;
  private final Checkpoints checkpoints;
  private final Curves curves;
  private final EventLog events;
  private final Outbox outbox;
  private final Event<OutboxFilled> filled;
  private final MessageCodec codec;
  private final Clock clock;

  PanacheLedger(
      Experiments experiments,
      Runs runs,
      Checkpoints checkpoints,
      Curves curves,
      EventLog events,
      Outbox outbox,
      Event<OutboxFilled> filled,
      MessageCodec codec,
      Clock clock) {
    this.experiments = experiments;
    this.runs = runs;
    this.checkpoints = checkpoints;
    this.curves = curves;
    this.events = events;
    this.outbox = outbox;
    this.filled = filled;
    this.codec = codec;
    this.clock = clock;
  }

  /** There is something to relay once the transaction has committed. */
  record OutboxFilled() {}

  @Override
  public Optional<Experiment> lock(UUID experimentId) {
    return experiments.lock(experimentId);
  }

  @Override
  public Optional<Experiment> find(UUID experimentId) {
    return experiments.findByIdOptional(experimentId);
  }

  @Override
  public List<Run> runs(UUID experimentId) {
    return runs.of(experimentId);
  }

  @Override
  public Optional<Run> run(UUID experimentId, UUID runId) {
    return runs.findByIdOptional(runId).filter(run -> run.experimentId().equals(experimentId));
  }

  @Override
  public List<Checkpoint> checkpoints(UUID runId) {
    return checkpoints.of(runId);
  }

  @Override
  public void add(Experiment experiment) {
    experiments.persist(experiment);
  }

  @Override
  public void add(Run run) {
    runs.persist(run);
  }

  @Override
  public void add(Checkpoint checkpoint) {
    checkpoints.persist(checkpoint);
  }

  @Override
  public void save(UUID runId, List<MetricPoint> points, List<EpochMetrics> epochs) {
    curves.savePoints(runId, points);
    epochs.forEach(epoch -> curves.saveEpoch(runId, epoch));
  }

  @Override
  public List<EpochMetrics> epochs(UUID runId, long step) {
    return curves.epochs(runId).stream()
        .map(epoch -> epoch.step() == step ? epoch.withNorms(curves.norms(runId, step)) : epoch)
        .toList();
  }

  @Override
  public @Nullable EpochMetrics lastEpoch(UUID runId) {
    return curves.lastEpochs(List.of(runId)).get(runId);
  }

  @Override
  public @Nullable RunProgress progress(UUID runId) {
    return curves.progress(List.of(runId)).get(runId);
  }

  @Override
  public void send(String topic, UUID key, Object message) {
    outbox.persist(
        new OutboxMessage(topic, key.toString(), codec.encode(message), clock.instant()));
    filled.fire(new OutboxFilled());
  }

  @Override
  public void tell(Experiment experiment, String event, Object data) {
    events.persist(
        new ExperimentEvent(
            experiment.id(),
            experiment.nextEvent(),
            event,
            new String(codec.encode(data), UTF_8),
            clock.instant()));
  }
}
