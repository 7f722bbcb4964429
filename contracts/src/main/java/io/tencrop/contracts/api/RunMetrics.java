package io.tencrop.contracts.api;

import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import java.util.List;
import java.util.UUID;

/** The curves of a run. */
public record RunMetrics(
    UUID runId, String name, List<MetricPoint> points, List<EpochMetrics> epochs) {}
