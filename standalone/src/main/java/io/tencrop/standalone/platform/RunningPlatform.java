package io.tencrop.standalone.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A platform that another process started. */
public final class RunningPlatform {
  /** The sum of what its children may take, and some more. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

  private RunningPlatform() {}

  /** What runs over this directory; empty when its launcher is gone. */
  public static Optional<PlatformState> find(DataDirectory data) {
    return new StateFile(data).read().filter(state -> state.launcher().isAlive());
  }

  /**
   * Has its launcher stop it, and waits for that. When the launcher is gone, ends what it left.
   *
   * @return whether anything ran
   */
  public static boolean stop(DataDirectory data) throws InterruptedException {
    Optional<PlatformState> state = new StateFile(data).read();
    if (state.isEmpty() && !Files.exists(data.lock())) {
      return false;
    }
    Optional<ProcessHandle> launcher = state.flatMap(found -> found.launcher().find());
    if (launcher.isPresent()) {
      launcher.get().destroy();
      awaitEnd(launcher.get());
    }
    return endLeftovers(data) || launcher.isPresent();
  }

  private static void awaitEnd(ProcessHandle launcher) throws InterruptedException {
    try {
      launcher.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      launcher.destroyForcibly();
      launcher.onExit().join();
    } catch (ExecutionException e) {
      throw new PlatformException("Cannot wait for process " + launcher.pid(), e);
    }
  }

  private static boolean endLeftovers(DataDirectory data) throws InterruptedException {
    try {
      DataLock lock = DataLock.take(data);
      try {
        return !new Leftovers(data).end().isEmpty();
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw new PlatformException("Cannot use " + data.path() + ": " + e, e);
    }
  }
}
