package io.tencrop.gateway.orchestration;

import io.tencrop.gateway.state.OutboxMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages from the outbox to Kafka, in their order, at least once: a message leaves the
 * outbox after the broker has acknowledged it. One replica relays at a time.
 */
final class Relay implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int BATCH = 200;

  private final Source source;
  private final Publisher publisher;
  private final Duration poll;
  private final Semaphore work = new Semaphore(0);
  private volatile boolean stopped;

  /** The outbox. */
  interface Source {
    /**
     * In one transaction, and as the only replica: give the oldest messages to the task, and delete
     * them when it returns.
     *
     * @return how many there were
     */
    int drain(int limit, Task task) throws Exception;
  }

  /** Publishes messages, all of them or it throws. */
  interface Task {
    void publish(List<OutboxMessage> messages) throws ExecutionException, InterruptedException;
  }

  /** Kafka. */
  interface Publisher extends Task {}

  /**
   * @param poll how often to look without being woken
   */
  Relay(Source source, Publisher publisher, Duration poll) {
    this.source = source;
    this.publisher = publisher;
    this.poll = poll;
  }

  /** There is something new. */
  void wake() {
    work.release();
  }

  void stop() {
    stopped = true;
    wake();
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        if (!relay()) {
          work.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
          work.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The relay was interrupted: stopping");
    }
  }

  /** Whether there may be more. */
  private boolean relay() throws InterruptedException {
    try {
      return source.drain(BATCH, publisher) == BATCH;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn(
          "Messages wait in the outbox, trying again in {} s: {}", poll.toSeconds(), e.toString());
      return false;
    }
  }
}
