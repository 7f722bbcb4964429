package io.tencrop.vision.recipe;

import io.tencrop.vision.network.Network;

/** How images lie in memory between the layers: PyTorch's memory formats. */
public enum MemoryFormat {
  /** Channel by channel, {@code torch.contiguous_format}. */
  CONTIGUOUS,
  /** Pixel by pixel, {@code torch.channels_last}. */
  CHANNELS_LAST;

  /** The one that suits a network. */
  public static MemoryFormat of(Network network) {
    return CHANNELS_LAST;
  }
}
