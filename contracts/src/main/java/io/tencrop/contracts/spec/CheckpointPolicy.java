package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which checkpoints of a run are evaluated. Segments end with one in any case. */
public enum CheckpointPolicy {
  /** The one after the last step. */
  @JsonProperty("last")
  LAST,
  /**
   * The one at the end of the epoch with the highest validation accuracy, the earliest of equals.
   */
  @JsonProperty("best")
  BEST,
  /** One at the end of each epoch. */
  @JsonProperty("everyEpoch")
  EVERY_EPOCH
}
