package io.tencrop.contracts.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An experiment in a list. */
public record ExperimentSummary(
    UUID id,
    String name,
    State state,
    String reason,
    double progress,
    int runs,
    List<String> labels,
    Instant createdAt,
    Instant updatedAt) {}
