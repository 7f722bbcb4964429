package io.tencrop.contracts.event;

import io.tencrop.contracts.data.MetricPoint;
import java.util.UUID;

/**
 * On {@code tencrop.training.progress}, keyed by run, about once a second: best effort, for people
 * who watch.
 *
 * @param point the curve's newest point
 * @param totalSteps of the whole run
 * @param imagesPerSecond over the last second or so
 * @param trainer the replica's name
 */
public record TrainingProgress(
    UUID experimentId,
    UUID runId,
    MetricPoint point,
    long totalSteps,
    double imagesPerSecond,
    String trainer) {}
