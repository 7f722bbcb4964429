package io.tencrop.messaging;

import java.time.Duration;

/**
 * How often and how patiently work is tried again.
 *
 * @param attempts in one delivery, at least 1
 * @param firstDelay before the second attempt; doubled for each after it
 * @param maxDelay between two attempts
 * @param maxDeliveries a record delivered this often is given up untried: whoever took it before
 *     died over it
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration maxDelay, int maxDeliveries) {
  /**
   * Some ten minutes of patience: a server that restarts, or is moved, costs nothing. A group's
   * lock must be longer. The broker's own limit is 5 deliveries, after which it drops the record
   * silently: give up before that.
   */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(44, Duration.ofMillis(500), Duration.ofSeconds(15), 5);

  public RetryPolicy {
    if (attempts < 1 || maxDeliveries < 2) {
      throw new IllegalArgumentException(
          "attempts " + attempts + ", maxDeliveries " + maxDeliveries);
    }
  }

  Duration delayBefore(int attempt) {
    long factor = 1L << Math.min(attempt - 2, 20);
    Duration delay = firstDelay.multipliedBy(factor);
    return delay.compareTo(maxDelay) < 0 ? delay : maxDelay;
  }
}
