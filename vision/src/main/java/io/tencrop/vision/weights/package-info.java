/**
 * Weights that come from elsewhere. A {@link io.tencrop.vision.weights.WeightsFile} reads what
 * {@code torch.save} and safetensors write, as float32 under the names that the file has; a {@link
 * io.tencrop.vision.weights.WeightsFit} holds those names and shapes against a network's.
 */
@NullMarked
package io.tencrop.vision.weights;

import org.jspecify.annotations.NullMarked;
