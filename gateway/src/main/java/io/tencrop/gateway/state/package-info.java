/**
 * What the gateway knows, in the PostgreSQL schema {@code gateway}: experiments, their runs,
 * checkpoints and curves, the log of events that people follow, idempotency keys, and the outbox of
 * messages to the other services. Entities own their legal transitions; repositories find them.
 * Whoever changes an experiment or what belongs to it locks the experiment's row first, so that
 * changes of one experiment happen one after the other.
 */
@NullMarked
package io.tencrop.gateway.state;

import org.jspecify.annotations.NullMarked;
