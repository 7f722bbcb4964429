/**
 * Arithmetic on logits: what a network answered over a split, kept once, and every question about
 * single models, crops and ensembles answered from it without another forward pass.
 *
 * <p>A {@link io.tencrop.vision.evaluation.LogitBank} holds the logits of one checkpoint over one
 * split, {@code [n, views, outputs]}. {@link io.tencrop.vision.evaluation.Predictions} are class
 * probabilities made of it, {@code [n, classes]}, averaged over the views. Several of them over the
 * same images are {@link io.tencrop.vision.evaluation.Members}, which answer together by mean,
 * weighted mean or vote; {@link io.tencrop.vision.evaluation.GreedySelection} picks among them.
 * {@link io.tencrop.vision.evaluation.Measures} and {@link io.tencrop.vision.evaluation.Spread} say
 * how good the answers are; {@link io.tencrop.vision.evaluation.LossChange} and {@link
 * io.tencrop.vision.evaluation.Margins} say why. Probabilities are double precision throughout, in
 * flat arrays.
 */
@NullMarked
package io.tencrop.vision.evaluation;

import org.jspecify.annotations.NullMarked;
