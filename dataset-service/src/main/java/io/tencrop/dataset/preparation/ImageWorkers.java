package io.tencrop.dataset.preparation;

import io.tencrop.dataset.source.SourceImages.Coded;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageSize;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which a replica decodes and augments images, whatever shard they belong to. Images
 * that are decoded at once take a quarter of the heap together, or are one image.
 */
public final class ImageWorkers implements AutoCloseable {
  private static final int UNIT = 1 << 20;
  private static final int BYTES_PER_PIXEL = 3;

  private final int threads;
  private final ExecutorService pool;
  private final int units = (int) Math.max(1, Runtime.getRuntime().maxMemory() / 4 / UNIT);
  private final Semaphore memory = new Semaphore(units, true);

  /**
   * @param threads at least 1
   */
  public ImageWorkers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "tencrop.dataset.threads is %d; must be at least 1".formatted(threads));
    }
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "images-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  int threads() {
    return threads;
  }

  /** Does the task on one of the threads, in the order of submission. */
  <T> Future<T> submit(Callable<T> task) {
    return pool.submit(task);
  }

  /** What is done with a decoded image. */
  interface Use<T> {
    T of(Bitmap image) throws UnusableImageException;
  }

  /** How an image is decoded. */
  interface Reduction {
    /** 1, 2, 4 or 8: what each side of such an image may be divided by. */
    int of(ImageSize image);
  }

  /** Decodes the image when there is memory for it, and uses it; on the thread of the caller. */
  <T> T decoded(Coded coded, Reduction reduction, Use<T> use)
      throws UnusableImageException, InterruptedException {
    ImageSize size = coded.size();
    long bytes = (long) size.height() * size.width() * BYTES_PER_PIXEL;
    int needed = (int) Math.min(units, bytes / UNIT + 1);
    memory.acquire(needed);
    try {
      return use.of(coded.decode(reduction.of(size)));
    } finally {
      memory.release(needed);
    }
  }

  /** Ends the threads; what they do is of no use any more. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
