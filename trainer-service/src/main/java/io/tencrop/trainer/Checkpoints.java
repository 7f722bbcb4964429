package io.tencrop.trainer;

import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.vision.training.Snapshot;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where checkpoints are kept. */
@FunctionalInterface
interface Checkpoints {
  /**
   * Keeps a checkpoint; returns when all of it is there. Keeping the same again gives the same.
   *
   * @param segment in which it was reached
   */
  CheckpointRef keep(TrainSegment segment, Moment moment) throws IOException;

  /**
   * A run's state after a step.
   *
   * @param epoch whole epochs so far
   * @param metrics of the epoch that ends with the step; absent within an epoch
   * @param engine that made the step
   * @param engines that made the steps so far
   */
  record Moment(
      Snapshot snapshot,
      int epoch,
      @Nullable EpochMetrics metrics,
      String engine,
      List<String> engines) {
    public Moment {
      engines = List.copyOf(engines);
    }
  }
}
