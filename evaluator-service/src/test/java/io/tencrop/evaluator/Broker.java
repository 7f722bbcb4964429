package io.tencrop.evaluator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.Topics;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other end of the evaluator's topics. */
public final class Broker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MessageCodec codec;
  private final String bootstrapServers;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> events;

  public Broker(String bootstrapServers, MessageCodec codec) {
    this.codec = codec;
    this.bootstrapServers = bootstrapServers;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    events = reader(Topics.EVALUATION_EVENTS);
    events.seekToEnd(events.assignment());
    events.assignment().forEach(events::position);
  }

  private KafkaConsumer<String, byte[]> reader(String topic) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList());
    return consumer;
  }

  void send(UUID experiment, byte[] value) {
    producer.send(new ProducerRecord<>(Topics.EVALUATION_REQUESTS, experiment.toString(), value));
    producer.flush();
  }

  /** Sends the request and waits for the experiment's next event. */
  public EvaluationEvent ask(UUID experiment, Object request) {
    send(experiment, codec.encode(request));
    for (ConsumerRecord<String, byte[]> record : await(events, experiment.toString())) {
      try {
        return codec.decode(record.value(), EvaluationEvent.class);
      } catch (MessageFormatException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("no event within " + PATIENCE);
  }

  /** The first record that nobody could handle. */
  String deadLetter(String topic) {
    try (KafkaConsumer<String, byte[]> reader = reader(Topics.deadLetter(topic))) {
      return new String(await(reader, null).get(0).value(), UTF_8);
    }
  }

  private static List<ConsumerRecord<String, byte[]>> await(
      KafkaConsumer<String, byte[]> consumer, String key) {
    Instant end = Instant.now().plus(PATIENCE);
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    while (found.isEmpty() && Instant.now().isBefore(end)) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (key == null || key.equals(record.key())) {
          found.add(record);
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    producer.close();
    events.close();
  }
}
