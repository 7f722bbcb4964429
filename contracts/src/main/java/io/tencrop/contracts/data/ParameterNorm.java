package io.tencrop.contracts.data;

/**
 * How long a parameter and its gradient are, as vectors: the L2 norms before the update of a step.
 *
 * @param name torchvision's
 * @param gradient norm of the gradient of the step's mean loss, before any clipping
 * @param value norm of the parameter itself
 */
public record ParameterNorm(String name, float gradient, float value) {}
