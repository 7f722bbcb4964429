package io.tencrop.messaging;

/** Takes the records that nobody could handle. */
public interface DeadLetters {
  /**
   * Keep {@code payload}, which came from {@code topic}, with the cause. Returns when it is kept.
   */
  void keep(String topic, byte[] payload, String cause);
}
