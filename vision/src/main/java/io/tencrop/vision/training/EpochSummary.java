package io.tencrop.vision.training;

import java.util.List;

/**
 * An epoch's means.
 *
 * @param epoch whole epochs so far, from 1
 * @param step updates so far
 * @param trainLoss over the epoch's images, as they were trained on
 * @param validationLoss at the epoch's end, centre crop; NaN without validation images
 * @param validationAccuracy as {@code validationLoss}
 * @param norms of the trained parameters and their gradients in the epoch's last step, in the
 *     network's order
 */
public record EpochSummary(
    int epoch,
    long step,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy,
    List<ParameterNorm> norms) {
  public EpochSummary {
    norms = List.copyOf(norms);
  }
}
