package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.gateway.state.Checkpoint;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import io.tencrop.gateway.state.RunProgress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of experiments within one transaction: what is written, sent and told here all happens
 * or none of it.
 */
interface Ledger {
  /** The experiment, which nobody else changes until the transaction ends. */
  Optional<Experiment> lock(UUID experimentId);

  /** The experiment as it stands; for one that has ended and does not change any more. */
  Optional<Experiment> find(UUID experimentId);

  /** An experiment's runs, in the order of its spec. */
  List<Run> runs(UUID experimentId);

  /** The run of this id, if it is one of this experiment's. */
  Optional<Run> run(UUID experimentId, UUID runId);

  /** A run's checkpoints, by step; its average after the one that it ends with. */
  List<Checkpoint> checkpoints(UUID runId);

  void add(Experiment experiment);

  void add(Run run);

  void add(Checkpoint checkpoint);

  /** Write points and epochs of a run's curve, over those of the same steps. */
  void save(UUID runId, List<MetricPoint> points, List<EpochMetrics> epochs);

  /**
   * The epochs of a run that ended, by step; the one that ended with {@code step} with its norms.
   */
  List<EpochMetrics> epochs(UUID runId, long step);

  /** The newest epoch of a run that ended. */
  @Nullable EpochMetrics lastEpoch(UUID runId);

  /** What the run's trainer reported last. */
  @Nullable RunProgress progress(UUID runId);

  /** Send a message to another service. */
  void send(String topic, UUID key, Object message);

  /** Tell those who follow the experiment. The experiment must be locked. */
  void tell(Experiment experiment, String event, Object data);
}
