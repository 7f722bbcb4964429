package io.tencrop.contracts.data;

/**
 * A point of the training curve, keyed (run, step): a replay writes the same again. Which steps
 * have a point follows from the run, not from the clock.
 *
 * @param step optimizer updates so far
 * @param epoch the same in epochs, with the fraction
 * @param loss mean over the images since the point before
 * @param accuracy share right of the images since the point before, as they were trained on
 */
public record MetricPoint(long step, double epoch, double loss, double accuracy) {}
