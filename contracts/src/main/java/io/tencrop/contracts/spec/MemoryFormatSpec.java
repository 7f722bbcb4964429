package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How images lie in memory between the layers; the other one gives other bits. */
public enum MemoryFormatSpec {
  /** Channel by channel, {@code torch.contiguous_format}. */
  @JsonProperty("contiguous")
  CONTIGUOUS,
  /** Pixel by pixel, {@code torch.channels_last}. */
  @JsonProperty("channelsLast")
  CHANNELS_LAST
}
