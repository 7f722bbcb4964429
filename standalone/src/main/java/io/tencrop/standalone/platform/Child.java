package io.tencrop.standalone.platform;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running child process. Its output goes to its log file. It is in a session of its own, so that
 * Ctrl-C at the terminal reaches the launcher only, which then ends its children in order.
 */
final class Child {
  private static final int LOG_TAIL_BYTES = 8192;

  private final ChildSpec spec;
  private final Process process;
  private final ProcessRef ref;
  private final Path log;

  private Child(ChildSpec spec, Process process, Path log) {
    this.spec = spec;
    this.process = process;
    this.ref = ProcessRef.of(process.toHandle());
    this.log = log;
  }

  static Child start(ChildSpec spec, Path workDirectory, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    Programs.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
    command.addAll(spec.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workDirectory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(spec.environment());
    return new Child(spec, builder.start(), log);
  }

  ChildSpec spec() {
    return spec;
  }

  String name() {
    return spec.name();
  }

  ProcessRef ref() {
    return ref;
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  CompletableFuture<Child> exit() {
    return process.onExit().thenApply(ended -> this);
  }

  /** Asks it to end. */
  void terminate() {
    process.destroy();
  }

  /**
   * Waits until it has ended, and kills it when it takes longer than its limit.
   *
   * @return whether it ended by itself
   */
  boolean awaitEnd(Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // killed below
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for " + name(), e);
    }
    process.destroyForcibly().onExit().join();
    return false;
  }

  /** The log's last lines, at most so many. */
  List<String> lastLines(int count) {
    try {
      byte[] all;
      try (var file = Files.newByteChannel(log)) {
        long from = Math.max(0, file.size() - LOG_TAIL_BYTES);
        file.position(from);
        all = Channels.newInputStream(file).readAllBytes();
      }
      List<String> lines = new String(all, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of("(" + log + " cannot be read: " + e + ")");
    }
  }

  /** How it ended and what it said last, for a person. */
  String obituary() {
    StringBuilder text = new StringBuilder();
    text.append(name()).append(" ended with ").append(describe(exitCode()));
    text.append(". The end of ").append(log).append(":\n");
    lastLines(15).forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  private static String describe(int code) {
    return code > 128 ? "signal " + (code - 128) : "exit code " + code;
  }
}
