package io.tencrop.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Dead-letter topics: {@code <topic>.dlq}, with the cause in the header {@code tencrop-cause}. */
public final class KafkaDeadLetters implements DeadLetters, AutoCloseable {
  public static final String CAUSE_HEADER = "tencrop-cause";

  private final KafkaProducer<byte[], byte[]> producer;

  public KafkaDeadLetters(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                KafkaSetup.MAX_MESSAGE_BYTES),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void keep(String topic, byte[] payload, String cause) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.deadLetter(topic), payload);
    record.headers().add(CAUSE_HEADER, cause.getBytes(UTF_8));
    try {
      producer.send(record).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to " + record.topic(), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot write to " + record.topic(), e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
