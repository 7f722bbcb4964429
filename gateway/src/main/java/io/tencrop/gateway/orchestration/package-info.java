/**
 * Takes experiments from their creation to their end. Plain classes decide what follows from a
 * request or from another service's event ({@link io.tencrop.gateway.orchestration.Submission},
 * {@link io.tencrop.gateway.orchestration.DataPhase}, {@link
 * io.tencrop.gateway.orchestration.TrainingPhase}, {@link
 * io.tencrop.gateway.orchestration.EvaluationPhase}), all over a {@link
 * io.tencrop.gateway.orchestration.Ledger}; beans beside them connect these to PostgreSQL and
 * Kafka. Whatever comes twice, late or in another order changes nothing that it should not.
 */
@NullMarked
package io.tencrop.gateway.orchestration;

import org.jspecify.annotations.NullMarked;
