package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where training takes its crop from a stored image that is larger. Testing crops by its views. */
public enum TrainCrop {
  /** Uniformly at random, torchvision's {@code RandomCrop}. */
  @JsonProperty("random")
  RANDOM,
  /** The centre, torchvision's {@code CenterCrop}. */
  @JsonProperty("center")
  CENTER
}
