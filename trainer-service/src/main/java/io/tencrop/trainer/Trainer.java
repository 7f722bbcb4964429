package io.tencrop.trainer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tencrop.vision.engine.EngineHost;

/**
 * The process: tunes the memory allocator before anything is allocated, has the engine take its
 * natives from the class path and never from the network, then starts Quarkus.
 */
@QuarkusMain
public final class Trainer {
  private Trainer() {}

  public static void main(String... args) {
    EngineHost.tuneAllocator();
    System.setProperty("ai.djl.offline", "true");
    Quarkus.run(args);
  }
}
