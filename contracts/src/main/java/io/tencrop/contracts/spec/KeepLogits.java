package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What of the logit bank an experiment keeps once its report is composed. */
public enum KeepLogits {
  /** The logits of every checkpoint that was evaluated. */
  @JsonProperty("all")
  ALL,
  /**
   * Those of the checkpoints that stand for their runs, of averages, and of epochs if an ensemble
   * of the plan is made of them.
   */
  @JsonProperty("chosen")
  CHOSEN
}
