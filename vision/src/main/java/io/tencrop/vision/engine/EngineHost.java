package io.tencrop.vision.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.NativeLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine as a whole: which it is, and the process that it runs in. */
public final class EngineHost {
  private static final Logger LOG = LoggerFactory.getLogger(EngineHost.class);

  private EngineHost() {}

  /**
   * Loads the engine while the caller goes on, so that the first piece of work need not wait for
   * it.
   */
  public static void loadInBackground() {
    Thread loader =
        new Thread(
            () -> {
              try {
                LOG.info("Computing with {}", description());
              } catch (RuntimeException | LinkageError e) {
                LOG.error("The engine cannot be loaded; all work that needs it will fail", e);
              }
            },
            "engine-loader");
    loader.setDaemon(true);
    loader.start();
  }

  /**
   * Gives what glibc's malloc holds but nobody uses back to the system. The allocator is told to
   * keep freed memory (see docs/performance.md), which is right within a run and not after it.
   * Without glibc it does nothing.
   */
  public static void releaseMemory() {
    try {
      NativeLibrary.getInstance("c").getFunction("malloc_trim").invokeInt(new Object[] {0L});
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("This system's malloc has no malloc_trim", e);
    }
  }

  /** For example {@code PyTorch 2.7.1 cpu}. Loads the engine. */
  public static String description() {
    Engine engine = Engine.getInstance();
    return engine.getEngineName()
        + " "
        + engine.getVersion()
        + " "
        + engine.defaultDevice().getDeviceType();
  }

  /** Whether the engine's default device is the CPU. */
  static boolean onCpu() {
    return !Engine.getInstance().defaultDevice().isGpu();
  }

  /** Whether the engine has fused optimizers for the CPU, PyTorch 2.4 and later. */
  static boolean hasFusedOptimizers(String version) {
    String[] parts = version.split("\\.");
    int major = Integer.parseInt(parts[0]);
    return major > 2 || (major == 2 && Integer.parseInt(parts[1]) >= 4);
  }

  /** Whether the engine at hand has fused optimizers for the CPU. */
  public static boolean hasFusedOptimizers() {
    return hasFusedOptimizers(Engine.getInstance().getVersion());
  }

  /** Sets the state of this thread's generator, which dropout draws from. */
  public static void seed(long seed) {
    JniUtils.setSeed(seed);
  }
}
