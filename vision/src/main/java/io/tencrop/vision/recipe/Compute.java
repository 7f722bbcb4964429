package io.tencrop.vision.recipe;

import io.tencrop.vision.network.Network;

/** How a network's layers are computed; another way gives other bits. */
public record Compute(Precision precision, MemoryFormat memoryFormat) {
  /** In float32, in the memory format that suits the network. */
  public static Compute plain(Network network) {
    return new Compute(Precision.FLOAT32, MemoryFormat.of(network));
  }
}
