package io.tencrop.trainer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tencrop.vision.engine.EngineHost;

/** The process: tunes the memory allocator before anything is allocated, then starts Quarkus. */
@QuarkusMain
public final class Trainer {
  private Trainer() {}

  public static void main(String... args) {
    EngineHost.tuneAllocator();
    Quarkus.run(args);
  }
}
