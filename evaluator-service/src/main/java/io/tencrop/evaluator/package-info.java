/**
 * The evaluator: checkpoints in, results out. {@link io.tencrop.evaluator.EvaluationWork} takes
 * requests from their share group, and {@link io.tencrop.evaluator.EvaluationRequests} has them
 * done: a checkpoint's answers are kept in the {@linkplain io.tencrop.evaluator.bank bank},
 * {@linkplain io.tencrop.evaluator.report reports} are composed from the bank alone, the weights of
 * {@linkplain io.tencrop.evaluator.checkpoint checkpoints} averaged, and {@linkplain
 * io.tencrop.evaluator.teacher teachers} asked. What is found out is kept as {@linkplain
 * io.tencrop.evaluator.results results} in PostgreSQL. Images that somebody sends are answered for
 * at once, by {@link io.tencrop.evaluator.prediction}. The arithmetic is that of {@code
 * io.tencrop.vision.evaluation}.
 */
@NullMarked
package io.tencrop.evaluator;

import org.jspecify.annotations.NullMarked;
