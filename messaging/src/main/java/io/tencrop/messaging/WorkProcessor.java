package io.tencrop.messaging;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one record of a topic to its end: done, failed for good and told so, or kept as a dead
 * letter. When {@link #process} returns, the record may be acknowledged; when it throws, it should
 * be released for another delivery.
 */
public final class WorkProcessor<T> {
  private static final Logger LOG = LoggerFactory.getLogger(WorkProcessor.class);

  private final String topic;
  private final Class<T> type;
  private final MessageCodec codec;
  private final WorkHandler<T> handler;
  private final DeadLetters deadLetters;
  private final RetryPolicy retry;
  private final Sleeper sleeper;

  public WorkProcessor(
      String topic,
      Class<T> type,
      MessageCodec codec,
      WorkHandler<T> handler,
      DeadLetters deadLetters,
      RetryPolicy retry) {
    this(
        topic,
        type,
        codec,
        handler,
        deadLetters,
        retry,
        duration -> Thread.sleep(duration.toMillis()));
  }

  WorkProcessor(
      String topic,
      Class<T> type,
      MessageCodec codec,
      WorkHandler<T> handler,
      DeadLetters deadLetters,
      RetryPolicy retry,
      Sleeper sleeper) {
    this.topic = topic;
    this.type = type;
    this.codec = codec;
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.retry = retry;
    this.sleeper = sleeper;
  }

  /**
   * @param payload the record's value
   * @param delivery how often the broker has delivered it, from 1
   */
  public void process(byte[] payload, int delivery) throws Exception {
    T work;
    try {
      work = codec.decode(payload, type);
    } catch (MessageFormatException e) {
      LOG.error("A record of {} cannot be read; it is kept in the dead-letter topic", topic, e);
      untilTold(() -> deadLetters.keep(topic, payload, String.valueOf(e.getMessage())));
      Owner owner = codec.owner(payload).orElse(null);
      if (owner != null) {
        Failure failure =
            new Failure(
                FailureCode.MESSAGE_INVALID,
                "A message on %s could not be read; it is kept on its dead-letter topic. Do all services have the same version? %s"
                    .formatted(topic, e.getMessage()));
        untilTold(() -> handler.unreadable(owner, failure));
      }
      return;
    }
    if (delivery >= retry.maxDeliveries()) {
      giveUp(
          work,
          payload,
          new Failure(
              FailureCode.ATTEMPTS_EXHAUSTED,
              "The same work was begun %d times and never ended: the replicas that took it died. Their logs say why."
                  .formatted(delivery - 1)));
      return;
    }
    attempt(work, payload);
  }

  private void attempt(T work, byte[] payload) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        handler.handle(work);
        return;
      } catch (PermanentFailureException e) {
        LOG.warn("{} failed for good: {}", type.getSimpleName(), e.getMessage(), e);
        untilTold(() -> handler.failed(work, e.failure()));
        return;
      } catch (InterruptedException e) {
        throw e;
      } catch (RuntimeException | LinkageError e) {
        if (Thread.currentThread().isInterrupted()) {
          // The process is stopping, and what the work needs is being closed under it.
          throw e;
        }
        LOG.error("{} failed", type.getSimpleName(), e);
        giveUp(work, payload, new Failure(FailureCode.INTERNAL, "Unexpected: " + e));
        return;
      } catch (Exception e) {
        if (attempt >= retry.attempts()) {
          LOG.error("{} failed {} times", type.getSimpleName(), attempt, e);
          giveUp(
              work,
              payload,
              new Failure(
                  FailureCode.ATTEMPTS_EXHAUSTED,
                  "Tried %d times, the last time: %s".formatted(attempt, e)));
          return;
        }
        Duration delay = retry.delayBefore(attempt + 1);
        LOG.warn("{} failed, trying again in {}: {}", type.getSimpleName(), delay, e.toString());
        sleeper.sleep(delay);
      }
    }
  }

  private void giveUp(T work, byte[] payload, Failure failure) throws Exception {
    untilTold(() -> handler.failed(work, failure));
    untilTold(() -> deadLetters.keep(topic, payload, failure.code() + ": " + failure.message()));
  }

  /** A failure that nobody hears of would leave its owner waiting for ever. */
  private void untilTold(Telling telling) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        telling.tell();
        return;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        Duration delay = retry.delayBefore(attempt + 1);
        LOG.error(
            "A failure of {} cannot be told, trying again in {}", type.getSimpleName(), delay, e);
        sleeper.sleep(delay);
      }
    }
  }

  private interface Telling {
    void tell() throws Exception;
  }

  /** Waits; tests do not. */
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }
}
