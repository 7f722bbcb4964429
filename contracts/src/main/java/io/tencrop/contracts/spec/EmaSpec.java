package io.tencrop.contracts.spec;

/**
 * An exponential moving average of the weights, which validation, checkpoints and tests then use.
 *
 * @param decay share of the average that a step keeps, in (0, 1)
 */
public record EmaSpec(double decay) {}
