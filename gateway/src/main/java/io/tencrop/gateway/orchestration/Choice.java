package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.gateway.state.Checkpoint;
import java.util.List;
import java.util.Optional;

/** Which checkpoints of a run that is trained are evaluated. */
final class Choice {
  private Choice() {}

  /** Checkpoints without any that a segment which lost to another published beyond the head. */
  static List<Checkpoint> upTo(long headStep, List<Checkpoint> checkpoints) {
    return checkpoints.stream().filter(checkpoint -> checkpoint.step() <= headStep).toList();
  }

  /** The one that stands for its run in groups and ensembles; it is among {@link #wanted}. */
  static Checkpoint representative(CheckpointPolicy policy, List<Checkpoint> checkpoints) {
    Checkpoint last = checkpoints.get(checkpoints.size() - 1);
    return policy == CheckpointPolicy.BEST ? best(checkpoints).orElse(last) : last;
  }

  /**
   * What the plan wants.
   *
   * @param checkpoints of the run, by step, the last of them its head
   */
  static List<Checkpoint> wanted(CheckpointPolicy policy, List<Checkpoint> checkpoints) {
    Checkpoint last = checkpoints.get(checkpoints.size() - 1);
    return switch (policy) {
      case LAST -> List.of(last);
      case BEST -> List.of(representative(policy, checkpoints));
      case EVERY_EPOCH ->
          checkpoints.stream()
              .filter(checkpoint -> checkpoint.metrics() != null || checkpoint == last)
              .toList();
    };
  }

  /** Those at the ends of epochs whose results are there. */
  static List<Checkpoint> evaluatedEpochs(List<Checkpoint> checkpoints) {
    return checkpoints.stream()
        .filter(
            checkpoint ->
                checkpoint.metrics() != null
                    && checkpoint.evaluation() == Checkpoint.Evaluation.DONE)
        .toList();
  }

  /**
   * The one at the end of the epoch with the highest validation accuracy, the earliest of equals.
   * Empty when none ends an epoch.
   *
   * @param checkpoints by step
   */
  static Optional<Checkpoint> best(List<Checkpoint> checkpoints) {
    Checkpoint best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (Checkpoint checkpoint : checkpoints) {
      EpochMetrics metrics = checkpoint.metrics();
      if (metrics != null && metrics.validationAccuracy() > highest) {
        best = checkpoint;
        highest = metrics.validationAccuracy();
      }
    }
    return Optional.ofNullable(best);
  }
}
