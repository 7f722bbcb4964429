/**
 * Checkpoints in the object store: their manifests, and averages of the weights of several, which
 * {@link io.tencrop.evaluator.checkpoint.CheckpointAveraging} keeps as checkpoints of their own.
 */
@NullMarked
package io.tencrop.evaluator.checkpoint;

import org.jspecify.annotations.NullMarked;
