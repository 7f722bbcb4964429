package io.tencrop.vision.training;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the next step needs on a thread of its own while the present one is computed: one item
 * ahead, no more.
 */
final class ReadAhead<T> implements AutoCloseable {
  private final LongFunction<T> reader;
  private final long last;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(task, "read-ahead");
            created.setDaemon(true);
            return created;
          });

  private long pendingStep;
  private @Nullable Future<T> pending;
  private long waitedNanos;

  /**
   * Reads nothing yet.
   *
   * @param reader what a step needs; called on one thread only, for one step after another
   * @param last the step after which nothing is read
   */
  ReadAhead(LongFunction<T> reader, long last) {
    this.reader = reader;
    this.last = last;
  }

  /**
   * What the step needs, as the reader gives it; begins to read for the step after it.
   *
   * @throws RuntimeException what the reader threw; the step can be taken again
   */
  T take(long step) {
    Future<T> current = pending;
    if (current == null || pendingStep != step) {
      current = read(step);
    }
    pending = null;
    long begin = System.nanoTime();
    T item = await(current);
    waitedNanos += System.nanoTime() - begin;
    if (step < last) {
      pending = read(step + 1);
      pendingStep = step + 1;
    }
    return item;
  }

  /** How long steps have waited in all for what was not read when they took it. */
  long waitedNanos() {
    return waitedNanos;
  }

  private Future<T> read(long step) {
    return thread.submit(() -> reader.apply(step));
  }

  /** Waits through an interruption, which is left to the caller: a read is short. */
  private static <T> T await(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
  }

  /** Returns when nothing is being read any more. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
