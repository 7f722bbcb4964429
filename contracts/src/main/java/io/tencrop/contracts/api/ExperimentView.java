package io.tencrop.contracts.api;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.ExperimentSpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as {@code GET /api/v1/experiments/{id}} shows it.
 *
 * @param reason why it is in this state, for a person
 * @param failure present when it is FAILED
 * @param progress share of all training steps that are done, in [0, 1]
 * @param etaSeconds until training ends; absent when unknown
 * @param prepared absent until the data is prepared
 */
public record ExperimentView(
    UUID id,
    String name,
    State state,
    String reason,
    @Nullable Failure failure,
    double progress,
    @Nullable Long etaSeconds,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant endedAt,
    ExperimentSpec spec,
    @Nullable PreparedDataset prepared,
    List<RunView> runs) {}
