package io.tencrop.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The parts of a data set. */
public enum SplitName {
  @JsonProperty("train")
  TRAIN("train"),
  @JsonProperty("validation")
  VALIDATION("validation"),
  @JsonProperty("test")
  TEST("test");

  private final String label;

  SplitName(String label) {
    this.label = label;
  }

  /** The name in files and in JSON. */
  public String label() {
    return label;
  }
}
