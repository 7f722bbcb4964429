package io.tencrop.standalone.command;

import io.tencrop.standalone.platform.PlatformOptions;
import java.util.Map;
import picocli.CommandLine.Option;

/** How to start a platform. */
final class StartOptions {
  @Option(
      names = "--trainers",
      paramLabel = "N",
      defaultValue = "" + PlatformOptions.DEFAULT_TRAINERS,
      description = "Trainer processes (default: ${DEFAULT-VALUE}).")
  int trainers = PlatformOptions.DEFAULT_TRAINERS;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "" + PlatformOptions.DEFAULT_PORT,
      description = {
        "Port of the HTTP API and the dashboard, on loopback (default: ${DEFAULT-VALUE}).",
        "0: any free one."
      })
  int port = PlatformOptions.DEFAULT_PORT;

  PlatformOptions options() {
    try {
      return new PlatformOptions(port, trainers, Map.of());
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }
}
