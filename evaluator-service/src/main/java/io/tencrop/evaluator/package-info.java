/**
 * The evaluator: checkpoints in, results out. {@link io.tencrop.evaluator.EvaluationWork} takes
 * requests from their share group. {@link io.tencrop.evaluator.BankFilling} lets a checkpoint's
 * network answer for every validation and test image in every view, slice by slice where that takes
 * long, and keeps the logits in the bank, {@link io.tencrop.evaluator.LogitStore}; what is there
 * already is not asked again. {@link io.tencrop.evaluator.ReportComposer} makes groups and
 * ensembles from the bank alone; {@link io.tencrop.evaluator.RunDiagnoses} says why runs came out
 * so. {@link io.tencrop.evaluator.EntryCosts} adds what they cost, which {@link
 * io.tencrop.evaluator.CostMeter} measures once for each network, and {@link
 * io.tencrop.evaluator.Comparisons} puts experiments beside each other. Results are kept in
 * PostgreSQL by {@link io.tencrop.evaluator.PanacheResults} and read over HTTP by {@link
 * io.tencrop.evaluator.ResultsResource}. The arithmetic is that of {@code
 * io.tencrop.vision.evaluation}.
 */
@NullMarked
package io.tencrop.evaluator;

import org.jspecify.annotations.NullMarked;
