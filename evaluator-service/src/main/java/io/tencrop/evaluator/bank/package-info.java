/**
 * The logit bank. {@link io.tencrop.evaluator.bank.BankFilling} lets a checkpoint's network answer
 * for every validation and test image in every view, slice by slice where that takes long, and
 * keeps the logits in {@link io.tencrop.evaluator.bank.LogitStore}; what is there already is not
 * asked again. {@link io.tencrop.evaluator.bank.CheckpointEvaluation} measures what is in it for a
 * checkpoint, {@link io.tencrop.evaluator.bank.TrainingLogits} fills it for training images, and
 * {@link io.tencrop.evaluator.bank.Retention} removes what an experiment does not keep.
 */
@NullMarked
package io.tencrop.evaluator.bank;

import org.jspecify.annotations.NullMarked;
