package io.tencrop.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** On {@code tencrop.training.events}, keyed by run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainingEvent.CheckpointPublished.class, name = "checkpointPublished"),
  @JsonSubTypes.Type(value = TrainingEvent.SegmentCompleted.class, name = "segmentCompleted"),
  @JsonSubTypes.Type(value = TrainingEvent.SegmentFailed.class, name = "segmentFailed")
})
public sealed interface TrainingEvent {
  UUID experimentId();

  UUID runId();

  /** Id of the checkpoint that the segment started from; null: at step 0. */
  @Nullable String parentId();

  /**
   * A checkpoint that the plan wants is in the object store.
   *
   * @param metrics of the epoch that ends with it
   */
  record CheckpointPublished(
      UUID experimentId,
      UUID runId,
      @Nullable String parentId,
      CheckpointRef checkpoint,
      EpochMetrics metrics)
      implements TrainingEvent {}

  /**
   * A segment is done, and its last checkpoint is in the object store.
   *
   * @param head the checkpoint that ends it
   * @param runCompleted it was the run's last segment: all epochs are done, or it stopped early
   * @param points the training curve within the segment
   * @param epochs of the epochs that ended within the segment
   * @param trainer the replica's name
   * @param seconds of wall clock
   * @param images that were trained on
   * @param engines that made the run's steps so far, as in the manifest of the head; empty: not
   *     told
   */
  record SegmentCompleted(
      UUID experimentId,
      UUID runId,
      @Nullable String parentId,
      CheckpointRef head,
      boolean runCompleted,
      List<MetricPoint> points,
      List<EpochMetrics> epochs,
      String trainer,
      double seconds,
      long images,
      List<String> engines)
      implements TrainingEvent {
    public SegmentCompleted {
      points = List.copyOf(points);
      epochs = List.copyOf(epochs);
      // Events of before do not have it.
      engines = engines == null ? List.of() : List.copyOf(engines);
    }
  }

  /** The segment cannot be trained, so the run has failed. */
  record SegmentFailed(UUID experimentId, UUID runId, @Nullable String parentId, Failure failure)
      implements TrainingEvent {}
}
