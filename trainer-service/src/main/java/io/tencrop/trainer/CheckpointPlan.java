package io.tencrop.trainer;

import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.vision.training.EpochSummary;

/**
 * Decides at each epoch's end within a segment whether the evaluation plan may want its checkpoint.
 * For {@link CheckpointPolicy#BEST} these are the epochs better than all before them in the
 * segment, so that the best of the run is always among those published.
 */
final class CheckpointPlan {
  private final CheckpointPolicy policy;
  private double bestAccuracy = Double.NEGATIVE_INFINITY;

  CheckpointPlan(CheckpointPolicy policy) {
    this.policy = policy;
  }

  /**
   * Whether to publish the checkpoint of the epoch that has just ended.
   *
   * @param last it is the run's last epoch
   */
  boolean wants(EpochSummary epoch, boolean last) {
    return switch (policy) {
      case EVERY_EPOCH -> true;
      case LAST -> last;
      case BEST -> isBest(epoch.validationAccuracy()) || (last && hasNoBest());
    };
  }

  private boolean isBest(double accuracy) {
    if (accuracy > bestAccuracy) {
      bestAccuracy = accuracy;
      return true;
    }
    return false;
  }

  /** True without validation images, whose accuracy is not a number. */
  private boolean hasNoBest() {
    return bestAccuracy == Double.NEGATIVE_INFINITY;
  }
}
