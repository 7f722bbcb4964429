package io.tencrop.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records from a share group, one at a time, and works on each as long as it needs. A record
 * is acknowledged the moment that its work returns, and released for another delivery when the work
 * throws; while it is worked on nothing is renewed, so the group's lock ({@link
 * KafkaSetup.ShareGroup#lock}) must outlast the work.
 *
 * <p>The work runs on the consumer's own thread. {@link #close} interrupts it.
 */
public final class WorkConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkConsumer.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final String bootstrapServers;
  private final String topic;
  private final KafkaSetup.ShareGroup group;
  private final Work work;
  private final Thread thread;

  /** Guards {@link #working}, so that only work is interrupted, never the consumer itself. */
  private final Object interruption = new Object();

  private boolean working;
  private volatile boolean stopping;

  /** What is done with a record; see {@link WorkProcessor#process}. */
  @FunctionalInterface
  public interface Work {
    /**
     * Returns when the record may be acknowledged; throws when it should be delivered again.
     *
     * @param delivery how often the broker has delivered it, from 1
     */
    void process(byte[] payload, int delivery) throws Exception;
  }

  private WorkConsumer(
      String bootstrapServers, String topic, KafkaSetup.ShareGroup group, Work work) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.group = group;
    this.work = work;
    this.thread = new Thread(this::run, "work-" + topic);
  }

  /** Begins to take records. The topic and the group must exist: {@link KafkaSetup#ensure}. */
  public static WorkConsumer start(
      String bootstrapServers, String topic, KafkaSetup.ShareGroup group, Work work) {
    WorkConsumer consumer = new WorkConsumer(bootstrapServers, topic, group, work);
    consumer.thread.start();
    return consumer;
  }

  /** Whether records are still taken; false once closed. */
  public boolean isRunning() {
    return thread.isAlive() && !stopping;
  }

  /**
   * Takes no further record, interrupts the work at hand and waits for it. Work that ends by the
   * interruption is released, and another replica has it at once; work that outlasts the wait is
   * released by the broker when this process ends.
   *
   * @return whether the work ended in time
   */
  public boolean close(Duration wait) throws InterruptedException {
    synchronized (interruption) {
      stopping = true;
      if (working) {
        thread.interrupt();
      }
    }
    thread.join(wait.toMillis());
    return !thread.isAlive();
  }

  @Override
  public void close() {
    try {
      close(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopping) {
      try (Session session = new Session()) {
        session.takeUntilStopped();
      } catch (KafkaException | IllegalStateException e) {
        // The client answers a record whose lock it has lost meanwhile with an
        // IllegalStateException.
        LOG.warn("Lost the share group {} of {}, joining it anew", group.name(), topic, e);
        pause();
      }
    }
  }

  private boolean begin() {
    synchronized (interruption) {
      working = !stopping;
      return working;
    }
  }

  /** After it the thread is not interrupted, whatever the work did with its interruption. */
  private void end() {
    synchronized (interruption) {
      working = false;
      Thread.interrupted();
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
    } catch (InterruptedException e) {
      LOG.debug("Interrupted while pausing", e);
    }
  }

  private Map<String, Object> configuration() {
    int longerThanWork =
        (int) Math.min(Integer.MAX_VALUE, group.lock().plus(Duration.ofMinutes(5)).toMillis());
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ConsumerConfig.GROUP_ID_CONFIG,
        group.name(),
        ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
        "explicit",
        ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
        "record_limit",
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        1,
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
        longerThanWork,
        ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG,
        (long) longerThanWork);
  }

  /** One membership of the group. */
  private final class Session implements AutoCloseable {
    private final KafkaShareConsumer<byte[], byte[]> consumer =
        new KafkaShareConsumer<>(
            configuration(), new ByteArrayDeserializer(), new ByteArrayDeserializer());

    void takeUntilStopped() {
      consumer.subscribe(List.of(topic));
      while (!stopping) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          settle(record, begin() ? work(record) : AcknowledgeType.RELEASE);
        }
      }
    }

    private AcknowledgeType work(ConsumerRecord<byte[], byte[]> record) {
      try {
        work.process(record.value(), record.deliveryCount().orElse((short) 1));
        return AcknowledgeType.ACCEPT;
      } catch (Exception e) {
        if (stopping) {
          LOG.info("Left off {} for another replica: {}", position(record), e.toString());
        } else {
          LOG.error("{} is not settled and will be delivered again", position(record), e);
          pause();
        }
        return AcknowledgeType.RELEASE;
      } finally {
        end();
      }
    }

    private void settle(ConsumerRecord<byte[], byte[]> record, AcknowledgeType outcome) {
      consumer.acknowledge(record, outcome);
      for (Optional<KafkaException> result : consumer.commitSync().values()) {
        result.ifPresent(
            e ->
                LOG.warn(
                    "The broker did not take the {} of {}; the record may be delivered again",
                    outcome,
                    position(record),
                    e));
      }
    }

    private String position(ConsumerRecord<byte[], byte[]> record) {
      return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    @Override
    public void close() {
      consumer.close(CLOSE);
    }
  }
}
