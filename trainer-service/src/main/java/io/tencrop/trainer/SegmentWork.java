package io.tencrop.trainer;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.event.TrainingEvent.SegmentFailed;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.messaging.Owner;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.messaging.WorkHandler;
import io.tencrop.trainer.TrainingMetrics.Outcome;
import io.tencrop.vision.training.TrainingDivergedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains segments, one after the other, on the thread that calls. The run of the last segment is
 * kept open: when its next segment comes here, it goes on without reading the checkpoint.
 */
final class SegmentWork implements WorkHandler<TrainSegment>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWork.class);

  private final String trainer;
  private final Duration target;
  private final RunOpener runs;
  private final Checkpoints checkpoints;
  private final TrainingEvents events;
  private final Cancellations cancellations;
  private final TrainingMetrics metrics;
  private final ExecutorService writer;
  private final LongSupplier nanoTime;
  private @Nullable WarmRun warm;

  /** An open run and where it stands. */
  private record WarmRun(UUID runId, RunSpec spec, String headId, RunInTraining run) {
    boolean isAtStartOf(TrainSegment segment) {
      CheckpointRef parent = segment.parent();
      return parent != null
          && headId.equals(parent.id())
          && runId.equals(segment.runId())
          && spec.equals(segment.run());
    }
  }

  /**
   * @param trainer this replica's name
   * @param target how long a segment should train
   * @param writer keeps checkpoints while training goes on; runs one task after the other
   */
  SegmentWork(
      String trainer,
      Duration target,
      RunOpener runs,
      Checkpoints checkpoints,
      TrainingEvents events,
      Cancellations cancellations,
      TrainingMetrics metrics,
      ExecutorService writer,
      LongSupplier nanoTime) {
    this.trainer = trainer;
    this.target = target;
    this.runs = runs;
    this.checkpoints = checkpoints;
    this.events = events;
    this.cancellations = cancellations;
    this.metrics = metrics;
    this.writer = writer;
    this.nanoTime = nanoTime;
  }

  @Override
  public void handle(TrainSegment segment) throws IOException, InterruptedException {
    if (cancellations.contains(segment.experimentId())) {
      LOG.info("Skipping a segment of {}: its experiment is cancelled", segment.run().name());
      metrics.ended(Outcome.CANCELLED);
      return;
    }
    RunInTraining run = open(segment);
    try {
      Optional<SegmentCompleted> completed = train(segment, run);
      if (completed.isEmpty()) {
        LOG.info("Left off {}: its experiment is cancelled", segment.run().name());
        metrics.ended(Outcome.CANCELLED);
        return;
      }
      events.publish(completed.get());
      metrics.ended(Outcome.COMPLETED);
      keepWarm(segment, completed.get(), run);
    } catch (TrainingDivergedException e) {
      throw new PermanentFailureException(
          FailureCode.TRAINING_DIVERGED,
          "Run %s: %s".formatted(segment.run().name(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      metrics.ended(Outcome.LEFT_OFF);
      throw e;
    } finally {
      if (warm == null || warm.run() != run) {
        run.close();
      }
    }
  }

  @Override
  public void failed(TrainSegment segment, Failure failure)
      throws IOException, InterruptedException {
    CheckpointRef parent = segment.parent();
    events.publish(
        new SegmentFailed(
            segment.experimentId(), segment.runId(), parent == null ? null : parent.id(), failure));
    metrics.ended(Outcome.FAILED);
  }

  @Override
  public void unreadable(Owner owner, Failure failure) throws IOException, InterruptedException {
    if (owner.runId() != null) {
      events.publish(
          new SegmentFailed(owner.experimentId(), owner.runId(), owner.parentId(), failure));
    }
  }

  /** Closes the run that is kept open; to be called when no segment is at hand any more. */
  @Override
  public void close() {
    if (warm != null) {
      warm.run().close();
      warm = null;
    }
  }

  private RunInTraining open(TrainSegment segment) throws IOException {
    WarmRun open = warm;
    warm = null;
    if (open != null) {
      if (open.isAtStartOf(segment)) {
        return open.run();
      }
      open.run().close();
    }
    return runs.open(segment);
  }

  private Optional<SegmentCompleted> train(TrainSegment segment, RunInTraining run)
      throws IOException, InterruptedException {
    LOG.info("Training {} from step {} of {}", segment.run().name(), run.step(), run.totalSteps());
    LiveProgress progress = new LiveProgress(segment, run.totalSteps(), trainer, events, nanoTime);
    try (BackgroundCheckpoints background =
        new BackgroundCheckpoints(segment, checkpoints, events, writer)) {
      return new SegmentAttempt(
              segment,
              run,
              background,
              progress,
              metrics,
              () -> cancellations.contains(segment.experimentId()),
              nanoTime)
          .train(trainer, target);
    }
  }

  private void keepWarm(TrainSegment segment, SegmentCompleted completed, RunInTraining run) {
    LOG.info("Trained {} up to step {} of {}", segment.run().name(), run.step(), run.totalSteps());
    if (!completed.runCompleted()) {
      warm = new WarmRun(segment.runId(), segment.run(), completed.head().id(), run);
    }
  }
}
