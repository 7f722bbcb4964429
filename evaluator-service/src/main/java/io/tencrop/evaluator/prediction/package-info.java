/**
 * Answers for images that somebody sends. {@link
 * io.tencrop.evaluator.prediction.PredictionsResource} takes them, {@link
 * io.tencrop.evaluator.prediction.FreshImages} prepares them as the test images of the data set
 * were, and {@link io.tencrop.evaluator.prediction.Predictor} lets {@linkplain
 * io.tencrop.evaluator.prediction.WarmNetworks networks that stay in memory} answer.
 */
@NullMarked
package io.tencrop.evaluator.prediction;

import org.jspecify.annotations.NullMarked;
