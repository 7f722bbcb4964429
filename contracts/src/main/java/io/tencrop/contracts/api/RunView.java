package io.tencrop.contracts.api;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.spec.RunSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it.
 *
 * @param totalSteps absent until the data is prepared
 * @param live the newest point of its curve
 * @param lastEpoch the newest epoch that ended
 * @param head the newest checkpoint that the run goes on from
 * @param segments completed so far
 * @param trainer that reported last
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
    @Nullable String trainer) {}
