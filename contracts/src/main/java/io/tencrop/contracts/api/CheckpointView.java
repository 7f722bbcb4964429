package io.tencrop.contracts.api;

import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of a run as the API shows it.
 *
 * @param metrics of the epoch that ends with it; absent within an epoch
 * @param head the run goes on from it, or ended with it
 * @param evaluated its results are there
 */
public record CheckpointView(
    CheckpointRef checkpoint, @Nullable EpochMetrics metrics, boolean head, boolean evaluated) {}
