package io.tencrop.trainer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The process: has the engine take its natives from the class path and never from the network, then
 * starts Quarkus.
 */
@QuarkusMain
public final class Trainer {
  private Trainer() {}

  public static void main(String... args) {
    System.setProperty("ai.djl.offline", "true");
    Quarkus.run(args);
  }
}
