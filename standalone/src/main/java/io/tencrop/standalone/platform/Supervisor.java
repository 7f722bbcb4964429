package io.tencrop.standalone.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches children that are up. A trainer that ends is started again, after a while that grows with
 * each time; when anything else ends the platform cannot go on.
 */
final class Supervisor implements AutoCloseable {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration PROBE = Duration.ofMillis(500);
  private static final Duration MAX_DELAY = Duration.ofSeconds(30);

  /** A trainer that lived this long has recovered: its next crash counts as the first. */
  private static final Duration RECOVERED = Duration.ofMinutes(2);

  private final Children children;
  private final PlatformListener listener;
  private final CompletableFuture<Void> ended;
  private final Map<String, Integer> crashes = new HashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "supervisor");
            thread.setDaemon(true);
            return thread;
          });

  Supervisor(Children children, PlatformListener listener, CompletableFuture<Void> ended) {
    this.children = children;
    this.listener = listener;
    this.ended = ended;
  }

  void watch(List<Child> watched) {
    watched.forEach(this::watch);
  }

  private void watch(Child child) {
    child.exit().thenAccept(this::submit);
  }

  private void submit(Child child) {
    try {
      executor.execute(() -> exited(child));
    } catch (RejectedExecutionException e) {
      // Closed: everything is being stopped, and its ends are no news.
    }
  }

  private void exited(Child child) {
    if (!child.name().startsWith(Topology.TRAINER)) {
      ended.completeExceptionally(new PlatformException(child.obituary()));
      return;
    }
    boolean recovered =
        Duration.between(child.ref().startedAt(), Instant.now()).compareTo(RECOVERED) > 0;
    int crash = recovered ? 1 : crashes.getOrDefault(child.name(), 0) + 1;
    crashes.put(child.name(), crash);
    Duration delay = delayAfter(crash);
    listener.restarting(child.name(), child.obituary(), delay);
    executor.schedule(() -> restart(child.spec(), crash), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void restart(ChildSpec spec, int crash) {
    Child child = children.restart(spec, crash);
    watch(child);
    probe(child, crash);
  }

  private void probe(Child child, int crash) {
    try {
      if (child.isAlive() && !children.becameReady(child, crash)) {
        executor.schedule(() -> probe(child, crash), PROBE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      // Closed: everything is being stopped.
      Thread.currentThread().interrupt();
    }
  }

  static Duration delayAfter(int crash) {
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(crash - 1, 10));
    return delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
