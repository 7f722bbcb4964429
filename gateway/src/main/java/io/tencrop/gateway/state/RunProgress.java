package io.tencrop.gateway.state;

import io.tencrop.contracts.data.MetricPoint;
import java.time.Instant;
import java.util.UUID;

/** What a run's trainer reported last. */
public record RunProgress(
    UUID runId, MetricPoint point, double imagesPerSecond, String trainer, Instant updatedAt) {}
