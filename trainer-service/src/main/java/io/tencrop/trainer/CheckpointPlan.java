package io.tencrop.trainer;

import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.SwaSpec;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.vision.training.EpochSummary;
import org.jspecify.annotations.Nullable;

/**
 * Decides at each epoch's end within a segment whether the evaluation plan may want its checkpoint.
 * For {@link CheckpointPolicy#BEST} these are the epochs better than all before them in the
 * segment, so that the best of the run is always among those published. For {@link SwaSpec} these
 * are the run's last epochs; where it may stop early, which are the last is not known before.
 */
final class CheckpointPlan {
  private final CheckpointPolicy policy;
  private final long firstAveraged;
  private double bestAccuracy = Double.NEGATIVE_INFINITY;

  CheckpointPlan(CheckpointPolicy policy, @Nullable SwaSpec swa, TrainingSpec training) {
    this.policy = policy;
    if (swa == null) {
      this.firstAveraged = Long.MAX_VALUE;
    } else {
      this.firstAveraged =
          training.earlyStopping() == null ? training.epochs() - swa.lastEpochs() + 1 : 1;
    }
  }

  /**
   * Whether to publish the checkpoint of the epoch that has just ended.
   *
   * @param last it is the run's last epoch
   */
  boolean wants(EpochSummary epoch, boolean last) {
    boolean chosen =
        switch (policy) {
          case EVERY_EPOCH -> true;
          case LAST -> last;
          case BEST -> isBest(epoch.validationAccuracy()) || (last && hasNoBest());
        };
    return chosen || epoch.epoch() >= firstAveraged;
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
