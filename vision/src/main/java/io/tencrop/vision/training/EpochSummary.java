package io.tencrop.vision.training;

/**
 * An epoch's means.
 *
 * @param epoch whole epochs so far, from 1
 * @param step updates so far
 * @param trainLoss over the epoch's images, as they were trained on
 * @param validationLoss at the epoch's end, centre crop; NaN without validation images
 * @param validationAccuracy as {@code validationLoss}
 */
public record EpochSummary(
    int epoch,
    long step,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy) {}
