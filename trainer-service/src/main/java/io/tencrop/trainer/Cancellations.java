package io.tencrop.trainer;

import io.tencrop.contracts.event.TrainingControl;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The experiments whose segments nobody wants any more. */
final class Cancellations {
  private final Set<UUID> experiments = ConcurrentHashMap.newKeySet();

  void apply(TrainingControl control) {
    if (control instanceof TrainingControl.CancelExperiment cancel) {
      experiments.add(cancel.experimentId());
    }
  }

  boolean contains(UUID experimentId) {
    return experiments.contains(experimentId);
  }
}
