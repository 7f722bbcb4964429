package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What training minimizes. */
public enum LossSpec {
  /** Over one logit per class, {@code torch.nn.CrossEntropyLoss}. */
  @JsonProperty("crossEntropy")
  CROSS_ENTROPY,
  /** Over one logit for two classes, {@code torch.nn.BCEWithLogitsLoss}. */
  @JsonProperty("binaryCrossEntropy")
  BINARY_CROSS_ENTROPY
}
