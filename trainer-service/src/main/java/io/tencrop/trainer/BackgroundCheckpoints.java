package io.tencrop.trainer;

import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingEvent.CheckpointPublished;
import io.tencrop.trainer.Checkpoints.Moment;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Keeps and publishes a segment's checkpoints, in order, while training goes on. It holds at most
 * one snapshot that is not yet kept beside the newest: training waits when the store is slower than
 * the epochs.
 */
final class BackgroundCheckpoints implements AutoCloseable {
  private static final int UNKEPT = 1;

  private final TrainSegment segment;
  private final Checkpoints checkpoints;
  private final TrainingEvents events;
  private final ExecutorService writer;
  private final Deque<Future<CheckpointRef>> unkept = new ArrayDeque<>();

  /**
   * @param writer runs one task after the other
   */
  BackgroundCheckpoints(
      TrainSegment segment,
      Checkpoints checkpoints,
      TrainingEvents events,
      ExecutorService writer) {
    this.segment = segment;
    this.checkpoints = checkpoints;
    this.events = events;
    this.writer = writer;
  }

  /** Begins to keep a checkpoint, and to publish it when it is kept. */
  Future<CheckpointRef> publish(Moment moment) throws IOException, InterruptedException {
    return begin(moment, true);
  }

  /** Begins to keep a checkpoint that only ends the segment. */
  Future<CheckpointRef> keep(Moment moment) throws IOException, InterruptedException {
    return begin(moment, false);
  }

  /** Waits until all are kept and published, {@code head} among them. */
  CheckpointRef await(Future<CheckpointRef> head) throws IOException, InterruptedException {
    while (!unkept.isEmpty()) {
      get(unkept.remove());
    }
    return get(head);
  }

  /** Leaves off what is not kept yet. */
  @Override
  public void close() {
    unkept.forEach(future -> future.cancel(true));
  }

  private Future<CheckpointRef> begin(Moment moment, boolean publish)
      throws IOException, InterruptedException {
    while (unkept.size() >= UNKEPT) {
      get(unkept.remove());
    }
    Future<CheckpointRef> future = writer.submit(() -> write(moment, publish));
    unkept.add(future);
    return future;
  }

  private CheckpointRef write(Moment moment, boolean publish)
      throws IOException, InterruptedException {
    CheckpointRef checkpoint = checkpoints.keep(segment, moment);
    if (publish && moment.metrics() != null) {
      CheckpointRef parent = segment.parent();
      events.publish(
          new CheckpointPublished(
              segment.experimentId(),
              segment.runId(),
              parent == null ? null : parent.id(),
              checkpoint,
              moment.metrics()));
    }
    return checkpoint;
  }

  private static CheckpointRef get(Future<CheckpointRef> future)
      throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new IOException("a checkpoint could not be kept: " + cause.getMessage(), cause);
      }
      throw new IllegalStateException("a checkpoint could not be kept", e.getCause());
    }
  }
}
