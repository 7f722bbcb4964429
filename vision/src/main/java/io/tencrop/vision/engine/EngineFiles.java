package io.tencrop.vision.engine;

/**
 * A program that unpacks the engine's native libraries into {@code DJL_CACHE_DIR} and loads them,
 * so that processes which share the directory find them there instead of unpacking them all at
 * once.
 */
public final class EngineFiles {
  private EngineFiles() {}

  public static void main(String[] args) {
    System.setProperty("ai.djl.offline", "true");
    System.out.println(EngineHost.description());
  }
}
