package io.tencrop.vision.recipe;

/** How images lie in memory between the layers: PyTorch's memory formats. */
public enum MemoryFormat {
  /** Channel by channel, {@code torch.contiguous_format}. */
  CONTIGUOUS,
  /** Pixel by pixel, {@code torch.channels_last}: as fast or faster for every network here. */
  CHANNELS_LAST
}
