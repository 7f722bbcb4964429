package io.tencrop.contracts.api;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.spec.RunSpec;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it.
 *
 * @param totalSteps absent until the data is prepared; those that it made, when it stopped early
 * @param live the newest point of its curve
 * @param lastEpoch the newest epoch that ended
 * @param head the newest checkpoint that the run goes on from
 * @param segments completed so far
 * @param trainer that reported last
 * @param engines that made its steps up to the head, in the order in which they came in
 * @param notes sentences about what is out of the ordinary: it stopped early, or several engines
 *     made its steps
 */
public record RunView(
    UUID id,
    UUID experimentId,
    State state,
    String reason,
    @Nullable Failure failure,
    RunSpec spec,
    long step,
    @Nullable Long totalSteps,
    double imagesPerSecond,
    @Nullable MetricPoint live,
    @Nullable EpochMetrics lastEpoch,
    @Nullable CheckpointRef head,
    int segments,
    @Nullable String trainer,
    List<String> engines,
    List<String> notes) {
  public RunView {
    // Events of before, which can be followed again, do not have them.
    engines = engines == null ? List.of() : List.copyOf(engines);
    notes = notes == null ? List.of() : List.copyOf(notes);
  }
}
