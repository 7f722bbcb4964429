package io.tencrop.trainer;

import io.tencrop.contracts.Topics;
import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.messaging.MessageCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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

/** The gateway's side of the topics: sends requests, receives the trainer's events from now on. */
final class Topic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MessageCodec codec = new MessageCodec();
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Queue<TrainingEvent> events = new ArrayDeque<>();
  private final Queue<TrainingProgress> progress = new ArrayDeque<>();

  Topic(String bootstrapServers) {
    Map<String, Object> servers = Map.of("bootstrap.servers", bootstrapServers);
    producer = new KafkaProducer<>(servers, new StringSerializer(), new ByteArraySerializer());
    consumer = new KafkaConsumer<>(servers, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(Topics.TRAINING_EVENTS, Topics.TRAINING_PROGRESS)) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
  }

  void send(String topic, UUID key, Object message) throws Exception {
    producer.send(new ProducerRecord<>(topic, key.toString(), codec.encode(message))).get();
  }

  TrainingEvent nextEvent() throws Exception {
    return next(events);
  }

  TrainingProgress nextProgress() throws Exception {
    return next(progress);
  }

  private <T> T next(Queue<T> queue) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (queue.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("nothing within " + PATIENCE);
      }
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (record.topic().equals(Topics.TRAINING_EVENTS)) {
          events.add(codec.decode(record.value(), TrainingEvent.class));
        } else {
          progress.add(codec.decode(record.value(), TrainingProgress.class));
        }
      }
    }
    return queue.remove();
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
  }
}
