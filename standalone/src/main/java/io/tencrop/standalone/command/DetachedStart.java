package io.tencrop.standalone.command;

import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.DataDirectory;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.platform.PlatformOptions;
import io.tencrop.standalone.platform.PlatformState;
import io.tencrop.standalone.platform.PlatformState.ChildState;
import io.tencrop.standalone.platform.Programs;
import io.tencrop.standalone.platform.StateFile;
import io.tencrop.standalone.terminal.Terminal;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts a launcher in the background, in a session of its own so that it outlives the terminal,
 * and shows its progress from its state file.
 */
final class DetachedStart {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Installation installation;
  private final DataDirectory data;
  private final PlatformOptions options;
  private final Terminal terminal;
  private final StartDisplay display;

  DetachedStart(
      Installation installation, DataDirectory data, PlatformOptions options, Terminal terminal) {
    this.installation = installation;
    this.data = data;
    this.options = options;
    this.terminal = terminal;
    this.display = new StartDisplay(terminal);
  }

  int run() throws InterruptedException {
    Path log = data.log("launcher");
    Process launcher;
    try {
      Files.createDirectories(data.logs());
      launcher =
          new ProcessBuilder(command())
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw CommandException.failed("Cannot start the launcher: " + e);
    }
    Set<String> seen = new HashSet<>();
    Set<String> ready = new HashSet<>();
    Instant begin = Instant.now();
    while (true) {
      Optional<PlatformState> state = stateOf(launcher.pid());
      if (state.isPresent()) {
        show(state.get(), seen, ready, begin);
        if (state.get().isUp()) {
          display.allReady(state.get());
          terminal.println("Logs: " + data.logs() + "    Stop it with: ./tencrop down");
          return ExitCode.OK;
        }
      }
      if (!launcher.isAlive()) {
        terminal.erase();
        throw CommandException.failed(lastWords(log));
      }
      display.waiting();
      Thread.sleep(POLL.toMillis());
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    Programs.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
    command.addAll(
        List.of(
            Programs.java(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-jar",
            installation.launcher().toString(),
            "up",
            "--data",
            data.path().toString(),
            "--port",
            Integer.toString(options.gatewayPort()),
            "--trainers",
            Integer.toString(options.trainers())));
    return command;
  }

  private Optional<PlatformState> stateOf(long launcher) {
    return new StateFile(data).read().filter(state -> state.launcher().pid() == launcher);
  }

  private void show(PlatformState state, Set<String> seen, Set<String> ready, Instant begin) {
    List<String> fresh =
        state.children().stream()
            .filter(child -> child.port() != 0)
            .map(ChildState::name)
            .filter(seen::add)
            .toList();
    if (!fresh.isEmpty()) {
      display.starting(fresh);
    }
    for (ChildState child : state.children()) {
      if (child.ready() && ready.add(child.name())) {
        display.ready(child.name(), Duration.between(begin, Instant.now()));
      }
    }
  }

  private static String lastWords(Path log) {
    try {
      return "The launcher ended while starting; " + log + " says:\n" + Files.readString(log);
    } catch (IOException e) {
      return "The launcher ended while starting, and " + log + " cannot be read: " + e;
    }
  }
}
