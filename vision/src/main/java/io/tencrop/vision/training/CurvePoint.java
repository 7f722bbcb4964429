package io.tencrop.vision.training;

/**
 * A point of the training curve. Which steps have one follows from the run, not from the clock.
 *
 * @param step updates so far
 * @param epoch the same in epochs, with the fraction
 * @param loss mean over the images since the point before
 * @param accuracy share right of the images since the point before
 */
public record CurvePoint(long step, double epoch, double loss, double accuracy) {}
