package io.tencrop.evaluator;

import io.tencrop.contracts.data.CheckpointRef;

/** What models are called in rankings, groups and ensembles. */
final class ModelNames {
  private static final String SWA = " swa";

  private ModelNames() {}

  /**
   * The model's name.
   *
   * @param run its run's name
   * @param representative it stands for its run
   */
  static String of(String run, CheckpointRef checkpoint, boolean representative) {
    if (checkpoint.averagedEpochs() != null) {
      return run + SWA;
    }
    return representative ? run : "%s epoch %d".formatted(run, checkpoint.epoch());
  }
}
