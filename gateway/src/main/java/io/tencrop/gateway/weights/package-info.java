/**
 * Weights of checkpoints and weights that people upload, in the object store: what they are, their
 * bytes, and themselves as a TorchScript model.
 */
@NullMarked
package io.tencrop.gateway.weights;

import org.jspecify.annotations.NullMarked;
