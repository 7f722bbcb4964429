package io.tencrop.dataset.preparation;

import io.tencrop.dataset.preparation.StoredImages.Made;
import io.tencrop.dataset.source.SourceImages;
import io.tencrop.dataset.source.SourceImages.Coded;
import io.tencrop.dataset.source.UnusableImageException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Images as they are stored, in the order of their ids. Files are read ahead by the caller's
 * thread, one after another, and decoded and augmented by the workers; a bounded number of them at
 * a time.
 */
final class ImageStream implements AutoCloseable {
  /** Of files that wait for a worker, unless it is one file. */
  private static final long WAITING_BYTES = 32 << 20;

  private final SourceImages source;
  private final StoredImages stored;
  private final ImageWorkers workers;
  private final int[] ids;
  private final int atOnce;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private long pendingBytes;
  private int read;

  private record Pending(Future<Made> made, int bytes) {}

  ImageStream(SourceImages source, StoredImages stored, ImageWorkers workers, int... ids) {
    this.source = source;
    this.stored = stored;
    this.workers = workers;
    this.ids = ids;
    this.atOnce = 3 * workers.threads();
  }

  /**
   * The next one.
   *
   * @throws io.tencrop.messaging.PermanentFailureException when the source is gone or has changed
   */
  Made next() throws IOException, InterruptedException {
    while (read < ids.length && pending.size() < atOnce && pendingBytes < WAITING_BYTES) {
      begin(ids[read++]);
    }
    Pending first = pending.poll();
    if (first == null) {
      throw new NoSuchElementException();
    }
    pendingBytes -= first.bytes();
    try {
      return first.made().get();
    } catch (ExecutionException e) {
      throw rethrown(e);
    }
  }

  private void begin(int id) throws IOException {
    try {
      Coded coded = source.readCoded(id);
      pending.add(new Pending(workers.submit(() -> stored.of(coded, id, workers)), coded.bytes()));
      pendingBytes += coded.bytes();
    } catch (UnusableImageException e) {
      pending.add(
          new Pending(CompletableFuture.completedFuture(new Made(List.of(), e.reason())), 0));
    }
  }

  /** With the caller's stack: a failure of the work is one of the shard. */
  private static RuntimeException rethrown(ExecutionException e) throws InterruptedException {
    Throwable cause = e.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof InterruptedException) {
      throw new InterruptedException("the service stops");
    }
    return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
  }

  /** What has not begun is not done any more. */
  @Override
  public void close() {
    pending.forEach(one -> one.made().cancel(false));
  }
}
