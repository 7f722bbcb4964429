/**
 * Checkpoints that answer together. {@link io.tencrop.evaluator.ensemble.BankedMembers} reads from
 * the bank what {@linkplain io.tencrop.evaluator.ensemble.Candidate candidates} answered, and
 * {@link io.tencrop.evaluator.ensemble.EnsembleComposer} picks members among them and fuses their
 * answers.
 */
@NullMarked
package io.tencrop.evaluator.ensemble;

import org.jspecify.annotations.NullMarked;
