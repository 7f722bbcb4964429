package io.tencrop.vision.training;

import org.jspecify.annotations.Nullable;

/**
 * What one optimizer step showed.
 *
 * @param step updates so far, this one included
 * @param epoch the same in epochs, with the fraction
 * @param images in the batch
 * @param loss mean over the batch, before the update
 * @param accuracy share right in the batch, before the update
 * @param point present when the curve has a point at this step
 * @param epochSummary present when an epoch ended with this step
 */
public record StepOutcome(
    long step,
    double epoch,
    int images,
    double loss,
    double accuracy,
    @Nullable CurvePoint point,
    @Nullable EpochSummary epochSummary) {}
