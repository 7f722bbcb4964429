package io.tencrop.gateway.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.gateway.state.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private final List<String> outbox = Collections.synchronizedList(new ArrayList<>());
  private final List<String> published = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger outages = new AtomicInteger();
  private Relay relay;
  private Thread thread;

  private void start(Duration poll) {
    relay = new Relay(this::drain, this::publish, poll);
    thread = new Thread(relay);
    thread.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    relay.stop();
    thread.join(5000);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void moreThanABatchGoesInOrder() throws InterruptedException {
    for (int i = 0; i < 450; i++) {
      outbox.add("m" + i);
    }
    List<String> all = List.copyOf(outbox);
    start(Duration.ofMinutes(1));
    awaitPublished(450);
    assertThat(published).isEqualTo(all);
  }

  @Test
  void isWokenLongBeforeItWouldLook() throws InterruptedException {
    start(Duration.ofMinutes(1));
    Thread.sleep(100);
    outbox.add("late");
    relay.wake();
    awaitPublished(1);
  }

  @Test
  void whatTheBrokerDidNotTakeStaysAndIsTriedAgain() throws InterruptedException {
    outages.set(3);
    outbox.add("a");
    outbox.add("b");
    start(Duration.ofMillis(10));
    awaitPublished(2);
    assertThat(published).containsExactly("a", "b");
    assertThat(outbox).isEmpty();
  }

  private int drain(int limit, Relay.Task task) throws Exception {
    List<String> batch = List.copyOf(outbox.subList(0, Math.min(limit, outbox.size())));
    task.publish(
        batch.stream()
            .map(topic -> new OutboxMessage(topic, "key", new byte[0], Instant.EPOCH))
            .toList());
    outbox.subList(0, batch.size()).clear();
    return batch.size();
  }

  private void publish(List<OutboxMessage> messages) throws ExecutionException {
    if (outages.getAndDecrement() > 0) {
      throw new ExecutionException(new IllegalStateException("broker away"));
    }
    messages.forEach(message -> published.add(message.topic()));
  }

  private void awaitPublished(int count) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (published.size() < count && System.nanoTime() < until) {
      Thread.sleep(5);
    }
    assertThat(published).hasSize(count);
  }
}
