package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.SwaSpec;
import io.tencrop.gateway.state.Checkpoint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which checkpoints of a run that is trained are evaluated. */
final class Choice {
  private Choice() {}

  /**
   * Checkpoints as they were trained, without any that a segment which lost to another published
   * beyond the head.
   */
  static List<Checkpoint> upTo(long headStep, List<Checkpoint> checkpoints) {
    return checkpoints.stream()
        .filter(checkpoint -> !checkpoint.isAverage() && checkpoint.step() <= headStep)
        .toList();
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

  /**
   * Those whose weights are averaged: at the ends of the last epochs. Empty when no average is
   * wanted, or fewer than two epochs have ended.
   *
   * @param checkpoints as they were trained, by step
   */
  static List<Checkpoint> averaged(@Nullable SwaSpec swa, List<Checkpoint> checkpoints) {
    if (swa == null) {
      return List.of();
    }
    List<Checkpoint> epochs =
        checkpoints.stream().filter(checkpoint -> checkpoint.metrics() != null).toList();
    List<Checkpoint> last =
        epochs.subList(Math.max(0, epochs.size() - swa.lastEpochs()), epochs.size());
    return last.size() < 2 ? List.of() : last;
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
