package io.tencrop.evaluator.cost;

import io.tencrop.contracts.api.Cost.Device;
import io.tencrop.vision.engine.EngineHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine that this process runs on. */
final class Devices {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Devices() {}

  /** This device; loads the engine. */
  static Device here(int threads) {
    return new Device(
        processor(), Runtime.getRuntime().availableProcessors(), threads, EngineHost.description());
  }

  /** The first processor's name, as Linux tells it; elsewhere the kind of processor. */
  private static String processor() {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name") && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + CPU_INFO, e);
    }
  }
}
