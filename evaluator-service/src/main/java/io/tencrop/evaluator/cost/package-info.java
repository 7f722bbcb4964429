/**
 * What answers cost. {@link io.tencrop.evaluator.cost.CostMeter} measures once for each network
 * what it takes to answer, which is kept in PostgreSQL; {@link
 * io.tencrop.evaluator.cost.EntryCosts} adds up what the runs and ensembles of a report cost.
 */
@NullMarked
package io.tencrop.evaluator.cost;

import org.jspecify.annotations.NullMarked;
