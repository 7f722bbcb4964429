package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.api.CheckpointView;
import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.gateway.state.Checkpoint;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import io.tencrop.gateway.state.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Experiments and runs as the API shows them. */
public final class Views {
  /** When nobody asked what the trainers reported last. */
  public static final Map<UUID, RunProgress> NO_REPORTS = Map.of();

  /** A trainer that has been silent for longer is not counted on. */
  private static final Duration RECENT = Duration.ofSeconds(15);

  private Views() {}

  /**
   * An experiment with its runs.
   *
   * @param reports what the trainer of each run reported last
   * @param epochs the newest of each run
   */
  public static ExperimentView experiment(
      Experiment experiment,
      List<Run> runs,
      Map<UUID, RunProgress> reports,
      Map<UUID, EpochMetrics> epochs,
      Instant now) {
    return new ExperimentView(
        experiment.id(),
        experiment.name(),
        experiment.state(),
        experiment.reason(),
        experiment.failure(),
        progress(experiment, runs, reports),
        eta(experiment, runs, reports, now),
        experiment.createdAt(),
        experiment.updatedAt(),
        experiment.endedAt(),
        experiment.spec(),
        experiment.prepared(),
        runs.stream().map(run -> run(run, reports.get(run.id()), epochs.get(run.id()))).toList());
  }

  /** An experiment in a list. */
  public static ExperimentSummary summary(
      Experiment experiment, List<Run> runs, Map<UUID, RunProgress> reports) {
    return new ExperimentSummary(
        experiment.id(),
        experiment.name(),
        experiment.state(),
        experiment.reason(),
        progress(experiment, runs, reports),
        runs.size(),
        experiment.labels(),
        experiment.createdAt(),
        experiment.updatedAt());
  }

  /** A run. */
  public static RunView run(
      Run run, @Nullable RunProgress report, @Nullable EpochMetrics lastEpoch) {
    boolean running = run.state() == State.RUNNING && report != null;
    return new RunView(
        run.id(),
        run.experimentId(),
        run.state(),
        run.reason(),
        run.failure(),
        run.spec(),
        step(run, report),
        run.totalSteps(),
        running ? Objects.requireNonNull(report).imagesPerSecond() : run.meanRate(),
        report == null ? null : report.point(),
        lastEpoch,
        run.head(),
        run.segments(),
        running ? Objects.requireNonNull(report).trainer() : run.trainer(),
        run.engines(),
        Notes.of(run));
  }

  /** A checkpoint of this run. */
  public static CheckpointView checkpoint(Run run, Checkpoint checkpoint) {
    return new CheckpointView(
        checkpoint.ref(),
        checkpoint.metrics(),
        checkpoint.ref().id().equals(run.headId()),
        checkpoint.evaluation() == Checkpoint.Evaluation.DONE);
  }

  private static long step(Run run, @Nullable RunProgress report) {
    return report == null || run.state() != State.RUNNING
        ? run.headStep()
        : Math.max(run.headStep(), report.point().step());
  }

  private static double progress(
      Experiment experiment, List<Run> runs, Map<UUID, RunProgress> reports) {
    if (experiment.state() == State.COMPLETED) {
      return 1;
    }
    long done = 0;
    long total = 0;
    for (Run run : runs) {
      long step = step(run, reports.get(run.id()));
      Long planned = run.totalSteps();
      if (planned == null) {
        return 0;
      }
      done += step;
      total += run.state() == State.FAILED ? step : planned;
    }
    return total == 0 ? 0 : (double) done / total;
  }

  private static @Nullable Long eta(
      Experiment experiment, List<Run> runs, Map<UUID, RunProgress> reports, Instant now) {
    if (experiment.state() != State.RUNNING) {
      return null;
    }
    double imagesPerSecond = 0;
    double images = 0;
    for (Run run : runs) {
      RunProgress report = reports.get(run.id());
      Long planned = run.totalSteps();
      if (run.state().isFinal() || planned == null) {
        continue;
      }
      images += (double) (planned - step(run, report)) * run.spec().training().batchSize();
      if (report != null && report.updatedAt().plus(RECENT).isAfter(now)) {
        imagesPerSecond += report.imagesPerSecond();
      }
    }
    return imagesPerSecond > 0 ? (long) Math.ceil(images / imagesPerSecond) : null;
  }
}
