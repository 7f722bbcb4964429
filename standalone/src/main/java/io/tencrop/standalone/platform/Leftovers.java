package io.tencrop.standalone.platform;

import io.tencrop.standalone.platform.PlatformState.ChildState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes that a launcher left behind because it was killed itself. */
final class Leftovers {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final DataDirectory data;
  private final StateFile stateFile;

  Leftovers(DataDirectory data) {
    this.data = data;
    this.stateFile = new StateFile(data);
  }

  /**
   * Ends them, the last started first. To be called with the data directory's lock held.
   *
   * @return names of those that still ran
   */
  List<String> end() throws InterruptedException {
    List<String> ended = new ArrayList<>();
    List<ChildState> children =
        new ArrayList<>(stateFile.read().map(PlatformState::children).orElse(List.of()));
    Collections.reverse(children);
    for (ChildState child : children) {
      child
          .process()
          .find()
          .ifPresent(
              process -> {
                process.destroy();
                ended.add(child.name());
              });
    }
    for (ChildState child : children) {
      var process = child.process().find();
      if (process.isPresent()) {
        awaitEnd(process.get());
      }
    }
    if (endPostmaster()) {
      ended.add("postgres server");
    }
    stateFile.delete();
    return ended;
  }

  /** PostgreSQL's own process outlives the child that started it when that one was killed. */
  private boolean endPostmaster() throws InterruptedException {
    Path pidFile = data.postgres().resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return false;
    }
    long pid;
    try {
      pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new PlatformException("Cannot read " + pidFile + ": " + e, e);
    }
    var process =
        ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(
                found ->
                    found.info().commandLine().orElse("").contains(data.postgres().toString()));
    if (process.isEmpty()) {
      return false;
    }
    awaitEnd(terminate(process.get()));
    return true;
  }

  private static ProcessHandle terminate(ProcessHandle process) {
    process.destroy();
    return process;
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (ExecutionException e) {
      throw new PlatformException("Cannot wait for process " + process.pid(), e);
    }
  }
}
