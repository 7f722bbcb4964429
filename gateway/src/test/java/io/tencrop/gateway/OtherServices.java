package io.tencrop.gateway;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.data.ParameterNorm;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plays the other services over the real broker: reads what they are asked, sends their events. */
final class OtherServices implements AutoCloseable {
  static final PreparedDataset DATASET =
      new PreparedDataset(
          "prepared",
          "manifest",
          List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
          1,
          36,
          36,
          Map.of(SplitName.TRAIN, 1000L, SplitName.VALIDATION, 100L, SplitName.TEST, 100L),
          null,
          List.of());

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MessageCodec codec = new MessageCodec();
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> requests = new ArrayList<>();

  OtherServices(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(
            Topics.DATASET_REQUESTS,
            Topics.TRAINING_SEGMENTS,
            Topics.TRAINING_CONTROL,
            Topics.EVALUATION_REQUESTS)) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  void send(DatasetEvent event) {
    send(Topics.DATASET_EVENTS, event.experimentId(), event);
  }

  void send(TrainingEvent event) {
    send(Topics.TRAINING_EVENTS, event.runId(), event);
  }

  void send(TrainingProgress report) {
    send(Topics.TRAINING_PROGRESS, report.runId(), report);
  }

  void send(EvaluationEvent event) {
    send(Topics.EVALUATION_EVENTS, event.experimentId(), event);
  }

  void sendRaw(String topic, byte[] payload) {
    try {
      producer.send(new ProducerRecord<>(topic, payload)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(String topic, UUID key, Object event) {
    try {
      producer.send(new ProducerRecord<>(topic, key.toString(), codec.encode(event))).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until so many requests under this key are there; gives all of them. */
  <T> List<T> await(String topic, UUID key, int count, Class<T> type) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      List<T> found = seen(topic, key, type);
      if (found.size() >= count) {
        return found;
      }
      consumer.poll(Duration.ofMillis(50)).forEach(requests::add);
    }
    throw new AssertionError("only %s of %d on %s".formatted(seen(topic, key, type), count, topic));
  }

  /** What came under this key until now, and within a moment. */
  <T> List<T> settle(String topic, UUID key, Class<T> type) {
    long until = System.nanoTime() + Duration.ofMillis(400).toNanos();
    while (System.nanoTime() < until) {
      consumer.poll(Duration.ofMillis(50)).forEach(requests::add);
    }
    return seen(topic, key, type);
  }

  private <T> List<T> seen(String topic, UUID key, Class<T> type) {
    List<T> seen = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> request : requests) {
      if (request.topic().equals(topic) && request.key().equals(key.toString())) {
        try {
          seen.add(codec.decode(request.value(), type));
        } catch (MessageFormatException e) {
          throw new AssertionError(e);
        }
      }
    }
    return seen;
  }

  /** What a trainer answers to this segment, having trained {@code steps} steps. */
  static SegmentCompleted completed(TrainSegment segment, int steps, boolean last) {
    CheckpointRef parent = segment.parent();
    long from = parent == null ? 0 : parent.step();
    long to = from + steps;
    int epoch = (int) (to / 16);
    CheckpointRef head =
        new CheckpointRef(segment.run().name() + "@" + to, to, epoch, "weights" + to);
    return new SegmentCompleted(
        segment.experimentId(),
        segment.runId(),
        parent == null ? null : parent.id(),
        head,
        last,
        List.of(
            new MetricPoint(from + 1, (from + 1) / 16.0, 2.3, 0.1),
            new MetricPoint(to, to / 16.0, 1.5, 0.5)),
        to % 16 == 0
            ? List.of(
                new EpochMetrics(
                    epoch,
                    to,
                    1.5,
                    0.5,
                    1.4,
                    0.5 + epoch / 100.0,
                    List.of(new ParameterNorm("conv1.weight", epoch / 8f, 2))))
            : List.of(),
        "trainer-1",
        2.0,
        steps * 64L,
        List.of("PyTorch 2.7.1 cpu"));
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
