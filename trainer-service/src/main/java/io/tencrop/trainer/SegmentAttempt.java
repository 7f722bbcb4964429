package io.tencrop.trainer;

import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.data.ParameterNorm;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.trainer.Checkpoints.Moment;
import io.tencrop.vision.training.CurvePoint;
import io.tencrop.vision.training.EpochSummary;
import io.tencrop.vision.training.StepOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One go at a segment: trains until its time is over or the run ends. */
final class SegmentAttempt {
  /**
   * Points, epochs and norms of one completion, so that it stays well below Kafka's limit of a
   * megabyte.
   */
  private static final int MAX_MEASURES = 4000;

  private final TrainSegment segment;
  private final RunInTraining run;
  private final BackgroundCheckpoints checkpoints;
  private final LiveProgress progress;
  private final TrainingMetrics metrics;
  private final BooleanSupplier cancelled;
  private final LongSupplier nanoTime;
  private final CheckpointPlan plan;

  private final List<MetricPoint> points = new ArrayList<>();
  private final List<EpochMetrics> epochs = new ArrayList<>();
  private long images;
  private int measures;

  /** The checkpoint of the newest step, when it is being kept already. */
  private @Nullable Future<CheckpointRef> newest;

  SegmentAttempt(
      TrainSegment segment,
      RunInTraining run,
      BackgroundCheckpoints checkpoints,
      LiveProgress progress,
      TrainingMetrics metrics,
      BooleanSupplier cancelled,
      LongSupplier nanoTime) {
    this.segment = segment;
    this.run = run;
    this.checkpoints = checkpoints;
    this.progress = progress;
    this.metrics = metrics;
    this.cancelled = cancelled;
    this.nanoTime = nanoTime;
    this.plan = new CheckpointPlan(segment.checkpoints(), segment.swa(), segment.run().training());
  }

  /**
   * Trains, and returns when all checkpoints are kept and published.
   *
   * @return what to tell when it is over; empty when the experiment was cancelled
   * @throws InterruptedException when this replica is to stop
   */
  Optional<SegmentCompleted> train(String trainer, Duration target)
      throws IOException, InterruptedException {
    long begin = nanoTime.getAsLong();
    long elapsed = 0;
    while (!run.finished()
        && (images == 0 || elapsed < target.toNanos())
        && measures < MAX_MEASURES) {
      if (Thread.interrupted()) {
        throw new InterruptedException("left off after step " + run.step());
      }
      if (cancelled.getAsBoolean()) {
        return Optional.empty();
      }
      long waited = run.dataWaitNanos();
      step();
      long now = nanoTime.getAsLong() - begin;
      metrics.stepped(now - elapsed, run.dataWaitNanos() - waited);
      elapsed = now;
    }
    CheckpointRef head =
        checkpoints.await(newest == null ? checkpoints.keep(moment(null)) : newest);
    CheckpointRef parent = segment.parent();
    return Optional.of(
        new SegmentCompleted(
            segment.experimentId(),
            segment.runId(),
            parent == null ? null : parent.id(),
            head,
            run.finished(),
            points,
            epochs,
            trainer,
            (nanoTime.getAsLong() - begin) / 1e9,
            images,
            run.engines()));
  }

  private void step() throws IOException, InterruptedException {
    StepOutcome outcome = run.advance();
    images += outcome.images();
    newest = null;
    progress.trained(outcome.images());
    CurvePoint point = outcome.point();
    if (point != null) {
      MetricPoint told =
          new MetricPoint(point.step(), point.epoch(), point.loss(), point.accuracy());
      points.add(told);
      measures++;
      progress.reached(told);
    }
    EpochSummary summary = outcome.epochSummary();
    if (summary != null) {
      endEpoch(summary);
    }
    metrics.trained(outcome.images());
  }

  private void endEpoch(EpochSummary summary) throws IOException, InterruptedException {
    EpochMetrics epoch =
        new EpochMetrics(
            summary.epoch(),
            summary.step(),
            summary.trainLoss(),
            summary.trainAccuracy(),
            summary.validationLoss(),
            summary.validationAccuracy(),
            summary.norms().stream()
                .map(norm -> new ParameterNorm(norm.name(), norm.gradient(), norm.value()))
                .toList());
    epochs.add(epoch);
    measures += 1 + summary.norms().size();
    boolean wanted = plan.wants(summary, run.finished());
    if (wanted) {
      newest = checkpoints.publish(moment(epoch));
    }
  }

  private Moment moment(@Nullable EpochMetrics epoch) {
    return new Moment(run.snapshot(), run.epoch(), epoch, run.engine(), run.engines());
  }
}
