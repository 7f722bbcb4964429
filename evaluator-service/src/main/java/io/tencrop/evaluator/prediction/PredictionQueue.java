package io.tencrop.evaluator.prediction;

import io.tencrop.evaluator.prediction.PredictionException.Reason;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread on which networks answer requests and images are decoded for them, and the
 * requests that wait for it, a bounded number.
 */
final class PredictionQueue implements AutoCloseable {
  private final ThreadPoolExecutor thread;
  private final int places;
  private final Duration patience;

  /**
   * @param places for requests that wait
   * @param patience with a request, from its arrival to its answer
   */
  PredictionQueue(int places, Duration patience) {
    this.places = places;
    this.patience = patience;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(places),
            task -> {
              Thread thread = new Thread(task, "predictions");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does it when its turn comes, and waits for that.
   *
   * @throws PredictionException its own, or because there is no place, or it took too long
   * @throws Exception its own
   */
  <T> T call(Callable<T> request) throws Exception {
    Future<T> answer;
    try {
      answer = thread.submit(request);
    } catch (RejectedExecutionException e) {
      throw new PredictionException(
          Reason.BUSY,
          "%d requests wait for their turn, and there is no more room. Try again in a while."
              .formatted(places),
          e);
    }
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // What has begun ends by itself, and leaves its networks in memory for the next request.
      answer.cancel(false);
      throw new PredictionException(
          Reason.BUSY,
          "There was no answer within %d s. Try again in a while.".formatted(patience.toSeconds()),
          e);
    } catch (CancellationException e) {
      throw new PredictionException(
          Reason.BUSY, "The service is stopping. Try again in a while.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Requests that wait for their turn. */
  int waiting() {
    return thread.getQueue().size();
  }

  /** Ends the thread when what it does is done; whoever waits is told so. */
  @Override
  public void close() {
    thread.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false));
    try {
      thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
