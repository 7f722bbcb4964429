package io.tencrop.gateway.api;

import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.gateway.state.Curves;
import io.tencrop.gateway.state.EventLog;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.ExperimentEvent;
import io.tencrop.gateway.state.Experiments;
import io.tencrop.gateway.state.RunProgress;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in an experiment's log, and what its trainers reported since. The log's entries have a
 * number that a reader can go on from; reports of progress have none and are not kept.
 */
@ApplicationScoped
class EventTail {
  static final String PROGRESS = "progress";
  private static final int BATCH = 200;

  private final Experiments experiments;
  private final EventLog log;
  private final Curves curves;
  private final MessageCodec codec;

  EventTail(Experiments experiments, EventLog log, Curves curves, MessageCodec codec) {
    this.experiments = experiments;
    this.log = log;
    this.curves = curves;
    this.codec = codec;
  }

  /**
   * How far a reader has come.
   *
   * @param sequence of the last entry
   * @param reported when the newest report was made
   */
  record Position(long sequence, Instant reported) {}

  /**
   * One thing to tell.
   *
   * @param sequence absent for progress
   * @param data JSON
   */
  record Told(@Nullable Long sequence, String name, String data) {}

  /**
   * What came.
   *
   * @param last nothing will come any more
   */
  record News(List<Told> told, Position position, boolean last) {}

  @Transactional
  News after(UUID experimentId, Position position) {
    Experiment experiment =
        experiments
            .findByIdOptional(experimentId)
            .orElseThrow(() -> ProblemException.unknown("experiment", experimentId));
    List<ExperimentEvent> entries = log.after(experimentId, position.sequence(), BATCH);
    List<Told> told = new ArrayList<>();
    long sequence = position.sequence();
    for (ExperimentEvent entry : entries) {
      told.add(new Told(entry.sequence(), entry.name(), entry.data()));
      sequence = entry.sequence();
    }
    boolean last = experiment.state().isFinal() && sequence >= experiment.lastEvent();
    Instant reported = last ? position.reported() : progress(experiment, position, told);
    return new News(told, new Position(sequence, reported), last);
  }

  private Instant progress(Experiment experiment, Position position, List<Told> told) {
    Instant newest = position.reported();
    for (Curves.Report report : curves.reportsSince(experiment.id(), position.reported())) {
      told.add(new Told(null, PROGRESS, json(experiment.id(), report)));
      newest = report.progress().updatedAt();
    }
    return newest;
  }

  private String json(UUID experimentId, Curves.Report report) {
    RunProgress progress = report.progress();
    byte[] json =
        codec.encode(
            new TrainingProgress(
                experimentId,
                progress.runId(),
                progress.point(),
                report.totalSteps(),
                progress.imagesPerSecond(),
                progress.trainer()));
    return new String(json, StandardCharsets.UTF_8);
  }
}
