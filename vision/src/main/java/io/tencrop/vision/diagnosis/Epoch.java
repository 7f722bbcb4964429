package io.tencrop.vision.diagnosis;

/**
 * An epoch's means.
 *
 * @param number from 1
 * @param trainLoss over the epoch's images, as they were trained on, in nats
 * @param validationLoss at the epoch's end; NaN without validation images
 */
public record Epoch(
    int number,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy) {}
