package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The type that a training step computes in. Weights are kept in float32 either way. */
public enum PrecisionSpec {
  /** Throughout. */
  @JsonProperty("float32")
  FLOAT32,
  /**
   * bfloat16 in convolutions and linear layers; float32 in the statistics of batch norm, in the
   * loss and in the optimizer.
   */
  @JsonProperty("bfloat16")
  BFLOAT16
}
