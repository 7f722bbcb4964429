package io.tencrop.vision.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine as a whole: which it is, and the process that it runs in. */
public final class EngineHost {
  private static final Logger LOG = LoggerFactory.getLogger(EngineHost.class);

  /** glibc's {@code mallopt}: M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD, M_TOP_PAD. */
  private static final List<int[]> MALLOC_OPTIONS =
      List.of(
          new int[] {-8, 1},
          new int[] {-3, 32 << 20},
          new int[] {-1, Integer.MAX_VALUE},
          new int[] {-2, 64 << 20});

  private EngineHost() {}

  /**
   * Tells glibc's malloc to keep memory instead of returning it to the system after each step and
   * faulting it in again: a small network's step takes little more than half the time. To be called
   * first thing in {@code main}; without glibc it does nothing.
   *
   * @return whether the options were taken
   */
  public static boolean tuneAllocator() {
    try {
      Function mallopt = NativeLibrary.getInstance("c").getFunction("mallopt");
      boolean taken = true;
      for (int[] option : MALLOC_OPTIONS) {
        taken &= mallopt.invokeInt(new Object[] {option[0], option[1]}) == 1;
      }
      return taken;
    } catch (UnsatisfiedLinkError e) {
      LOG.info(
          "This system's malloc has no mallopt; steps of small networks are slower: {}",
          e.getMessage());
      return false;
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
