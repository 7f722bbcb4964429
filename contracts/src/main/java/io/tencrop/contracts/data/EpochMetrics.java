package io.tencrop.contracts.data;

/**
 * An epoch's means.
 *
 * @param epoch whole epochs so far, from 1
 * @param step optimizer updates so far
 * @param trainLoss mean over the epoch's images, as they were trained on
 * @param validationLoss at the epoch's end, centre view
 */
public record EpochMetrics(
    int epoch,
    long step,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy) {}
