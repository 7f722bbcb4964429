package io.tencrop.gateway.orchestration;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tencrop.gateway.orchestration.PanacheLedger.OutboxFilled;
import io.tencrop.gateway.state.Outbox;
import io.tencrop.gateway.state.OutboxMessage;
import io.tencrop.messaging.KafkaSetup;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Runs the relay between the outbox in PostgreSQL and Kafka. */
@ApplicationScoped
class RelayBean {
  private final KafkaProducer<String, byte[]> producer;
  private final Relay relay;
  private final Thread thread;

  RelayBean(
      Outbox outbox,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      @ConfigProperty(name = "tencrop.gateway.outbox-poll", defaultValue = "1s") Duration poll) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                20_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                10_000,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                KafkaSetup.MAX_MESSAGE_BYTES),
            new StringSerializer(),
            new ByteArraySerializer());
    relay = new Relay((limit, task) -> drain(outbox, limit, task), this::publish, poll);
    thread = new Thread(relay, "outbox-relay");
  }

  void start(@Observes @Priority(10) StartupEvent event) {
    thread.start();
  }

  void filled(@Observes(during = TransactionPhase.AFTER_SUCCESS) OutboxFilled event) {
    relay.wake();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    relay.stop();
    thread.join(Duration.ofSeconds(5).toMillis());
    thread.interrupt();
    producer.close(Duration.ofSeconds(5));
  }

  private static int drain(Outbox outbox, int limit, Relay.Task task) throws Exception {
    return QuarkusTransaction.requiringNew()
        .timeout(120)
        .call(
            () -> {
              if (!outbox.tryLock()) {
                return 0;
              }
              List<OutboxMessage> messages = outbox.oldest(limit);
              task.publish(messages);
              messages.forEach(outbox::delete);
              return messages.size();
            });
  }

  private void publish(List<OutboxMessage> messages)
      throws ExecutionException, InterruptedException {
    List<Future<?>> sent = new ArrayList<>();
    for (OutboxMessage message : messages) {
      sent.add(
          producer.send(new ProducerRecord<>(message.topic(), message.key(), message.payload())));
    }
    for (Future<?> acknowledgement : sent) {
      acknowledgement.get();
    }
  }
}
