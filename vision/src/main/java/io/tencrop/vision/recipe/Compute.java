package io.tencrop.vision.recipe;

/** How a network's layers are computed; another way gives other bits. */
public record Compute(Precision precision, MemoryFormat memoryFormat) {
  /** In float32, channels last. */
  public static final Compute PLAIN = new Compute(Precision.FLOAT32, MemoryFormat.CHANNELS_LAST);
}
