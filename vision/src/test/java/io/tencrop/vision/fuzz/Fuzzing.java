package io.tencrop.vision.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Holds a target against changed files: a few with a fixed seed in a test, or as many as time
 * allows, guided by coverage, with {@code tools/fuzz}.
 */
public final class Fuzzing {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MAX_SECONDS = 20;
  private static @Nullable FuzzTarget current;

  private Fuzzing() {}

  /**
   * Reads the target's seeds, and changed ones.
   *
   * @param inputs how many changed ones
   * @param maxBytes that one of them may have allocated on the heap
   */
  public static void run(FuzzTarget target, int inputs, long seed, long maxBytes) throws Exception {
    List<byte[]> seeds = target.seeds();
    for (byte[] file : seeds) {
      read(target, file, maxBytes);
    }
    Mutations mutations = new Mutations(seeds, seed);
    for (int i = 0; i < inputs; i++) {
      read(target, mutations.next(), maxBytes);
    }
  }

  private static void read(FuzzTarget target, byte[] input, long maxBytes) throws IOException {
    long start = System.nanoTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    try {
      target.read(input);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("failed on %s: %s".formatted(kept(target, input), e), e);
    }
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    if (allocated > maxBytes) {
      throw new AssertionError(
          "took %d bytes of memory for %s".formatted(allocated, kept(target, input)));
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    if (seconds > MAX_SECONDS) {
      throw new AssertionError("took %d s for %s".formatted(seconds, kept(target, input)));
    }
  }

  /** Where the input was written, to be looked at. */
  private static Path kept(FuzzTarget target, byte[] input) throws IOException {
    CRC32 name = new CRC32();
    name.update(input);
    Path file =
        Path.of(
            "target",
            "fuzz",
            target.getClass().getSimpleName() + "-" + HexFormat.of().toHexDigits(name.getValue()));
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.write(file, input);
  }

  /**
   * Lets Jazzer look for trouble.
   *
   * @param args class of the target, seconds
   */
  public static void main(String[] args) throws Exception {
    FuzzTarget target = target(args[0]);
    Path directory = Path.of("target", "fuzz", target.getClass().getSimpleName());
    Path corpus = Files.createDirectories(directory.resolve("corpus"));
    Path seeds = Files.createDirectories(directory.resolve("seeds"));
    int number = 0;
    for (byte[] seed : target.seeds()) {
      Files.write(seeds.resolve("seed-" + number++), seed);
    }
    List<String> jazzer =
        new ArrayList<>(
            List.of(
                "--target_class=" + Fuzzing.class.getName(),
                "--target_args=" + args[0],
                "--instrumentation_includes=io.tencrop.**:org.apache.commons.compress.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-max_total_time=" + args[1],
                "-timeout=" + MAX_SECONDS,
                "-rss_limit_mb=4096",
                "-print_final_stats=1",
                corpus.toString(),
                seeds.toString()));
    // Only there with the profile "fuzz".
    Class.forName("com.code_intelligence.jazzer.Jazzer")
        .getMethod("main", String[].class)
        .invoke(null, (Object) jazzer.toArray(String[]::new));
  }

  private static FuzzTarget target(String className) throws ReflectiveOperationException {
    try {
      var constructor = Class.forName(className).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (FuzzTarget) constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot begin", e);
    }
  }

  /** Called by Jazzer. */
  public static void fuzzerInitialize(String[] args) throws ReflectiveOperationException {
    current = target(args[0]);
  }

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    Objects.requireNonNull(current).read(input);
  }
}
