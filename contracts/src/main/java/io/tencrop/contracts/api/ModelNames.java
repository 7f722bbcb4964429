package io.tencrop.contracts.api;

import io.tencrop.contracts.data.CheckpointRef;

/** What models are called in rankings, groups and ensembles. */
public final class ModelNames {
  private static final String SWA = " swa";

  private ModelNames() {}

  /**
   * The model's name.
   *
   * @param run its run's name
   * @param representative it stands for its run
   */
  public static String of(String run, CheckpointRef checkpoint, boolean representative) {
    if (checkpoint.averagedEpochs() != null) {
      return run + SWA;
    }
    return representative ? run : "%s epoch %d".formatted(run, checkpoint.epoch());
  }

  /**
   * The name of the group that the model is counted in.
   *
   * @param group its run's
   */
  public static String ofGroup(String group, CheckpointRef checkpoint) {
    return checkpoint.averagedEpochs() == null ? group : group + SWA;
  }
}
