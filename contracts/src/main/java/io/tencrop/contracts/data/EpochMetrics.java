package io.tencrop.contracts.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An epoch's means.
 *
 * @param epoch whole epochs so far, from 1
 * @param step optimizer updates so far
 * @param trainLoss mean over the epoch's images, as they were trained on
 * @param validationLoss at the epoch's end, centre view
 * @param norms of the trained parameters and their gradients in the epoch's last step, from the
 *     network's beginning to its end; absent where only the means are told
 */
public record EpochMetrics(
    int epoch,
    long step,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy,
    @Nullable List<ParameterNorm> norms) {
  public EpochMetrics {
    norms = norms == null ? null : List.copyOf(norms);
  }

  /** The means alone. */
  public EpochMetrics withoutNorms() {
    return withNorms(null);
  }

  /** The same means with these norms. */
  public EpochMetrics withNorms(@Nullable List<ParameterNorm> others) {
    return new EpochMetrics(
        epoch, step, trainLoss, trainAccuracy, validationLoss, validationAccuracy, others);
  }
}
