package io.tencrop.standalone.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A child process to start.
 *
 * @param name also of its log file
 * @param port that it will listen on
 * @param environment added to the launcher's own; the place for secrets, which other users of the
 *     machine can read from a command line
 * @param stopLimit how long it may take to end by itself
 */
record ChildSpec(
    String name,
    int port,
    List<String> command,
    Map<String, String> environment,
    Readiness readiness,
    Duration stopLimit) {
  ChildSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
