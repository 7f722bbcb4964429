package io.tencrop.standalone.platform;

import io.tencrop.standalone.platform.PlatformState.ChildState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The platform's child processes by name: starts them, waits until they are ready, ends them. */
final class Children {
  private static final Duration READY_LIMIT = Duration.ofSeconds(180);
  private static final Duration POLL = Duration.ofMillis(100);

  private final DataDirectory data;
  private final PlatformListener listener;
  private final StateKeeper state;
  private final Map<String, Child> running = new LinkedHashMap<>();
  private boolean closing;

  Children(DataDirectory data, PlatformListener listener, StateKeeper state) {
    this.data = data;
    this.listener = listener;
    this.state = state;
  }

  /**
   * Starts these in parallel, and returns when all are ready.
   *
   * @throws PlatformException when one ends or is not ready in time
   */
  List<Child> start(List<ChildSpec> specs) throws InterruptedException {
    listener.starting(specs.stream().map(ChildSpec::name).toList());
    List<Child> started = new ArrayList<>();
    for (ChildSpec spec : specs) {
      started.add(startOne(spec, true, 0));
    }
    awaitReady(started);
    return started;
  }

  /**
   * Starts one that does its work and ends; what it returns waits for that.
   *
   * @throws PlatformException when it fails
   */
  Ending startTask(ChildSpec spec) {
    Child child = startOne(spec, true, 0);
    return () -> {
      child.exit().join();
      if (isClosing()) {
        throw new PlatformException("stopped while it was starting");
      }
      if (child.exitCode() != 0) {
        throw new PlatformException(child.obituary());
      }
      forget(child);
    };
  }

  /** Waits for a task's end. */
  interface Ending {
    void await();
  }

  private synchronized void forget(Child child) {
    running.remove(child.name());
    state.change(now -> now.without(child.name()));
  }

  /** Starts one again, without waiting for it; its log goes on where it was. */
  Child restart(ChildSpec spec, int restarts) {
    return startOne(spec, false, restarts);
  }

  /** Whether it can do its work now; the state then says so. */
  boolean becameReady(Child child, int restarts) throws InterruptedException {
    boolean ready = child.spec().readiness().reached();
    if (ready) {
      tell(child, true, restarts);
    }
    return ready;
  }

  private synchronized Child startOne(ChildSpec spec, boolean freshLog, int restarts) {
    if (closing) {
      throw new PlatformException("the platform is being stopped");
    }
    try {
      Files.deleteIfExists(data.ready().resolve(spec.name()));
      Child child =
          Child.start(
              spec, data.work(), freshLog ? data.freshLog(spec.name()) : data.log(spec.name()));
      running.put(spec.name(), child);
      tell(child, false, restarts);
      return child;
    } catch (IOException e) {
      throw new PlatformException("Cannot start " + spec.name() + ": " + e, e);
    }
  }

  private void awaitReady(List<Child> started) throws InterruptedException {
    Instant begin = Instant.now();
    List<Child> waiting = new ArrayList<>(started);
    while (!waiting.isEmpty()) {
      for (Child child : List.copyOf(waiting)) {
        if (child.spec().readiness().reached()) {
          waiting.remove(child);
          tell(child, true, 0);
          listener.ready(child.name(), Duration.between(begin, Instant.now()));
        } else if (isClosing()) {
          throw new PlatformException("stopped while it was starting");
        } else if (!child.isAlive()) {
          throw new PlatformException(child.obituary());
        }
      }
      if (Duration.between(begin, Instant.now()).compareTo(READY_LIMIT) > 0) {
        Child slow = waiting.get(0);
        throw new PlatformException(
            "%s is not ready after %d s. The end of %s:%n  %s"
                .formatted(
                    slow.name(),
                    READY_LIMIT.toSeconds(),
                    slow.log(),
                    String.join(System.lineSeparator() + "  ", slow.lastLines(15))));
      }
      listener.waiting();
      Thread.sleep(POLL.toMillis());
    }
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  private void tell(Child child, boolean ready, int restarts) {
    ChildState told =
        new ChildState(
            child.name(),
            child.ref(),
            child.spec().port(),
            ready,
            restarts,
            child.log().toString());
    state.change(now -> now.with(told));
  }

  /** Ends all but these, at once; from now on nothing is started. */
  void stopAllBut(List<String> names) {
    synchronized (this) {
      closing = true;
    }
    stop(name -> !names.contains(name));
  }

  /** Ends these, at once. */
  void stop(List<String> names) {
    stop(names::contains);
  }

  private synchronized void stop(Predicate<String> which) {
    List<Child> ending =
        running.values().stream().filter(child -> which.test(child.name())).toList();
    ending.forEach(Child::terminate);
    Instant begin = Instant.now();
    for (Child child : ending) {
      Duration left = child.spec().stopLimit().minus(Duration.between(begin, Instant.now()));
      listener.stopped(child.name(), child.awaitEnd(left.isNegative() ? Duration.ZERO : left));
      running.remove(child.name());
    }
  }
}
