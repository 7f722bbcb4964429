package io.tencrop.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.ShareGroups;
import io.tencrop.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorkConsumerTest {
  private static final Duration LOCK = Duration.ofMinutes(15);
  private static final KafkaSetup.ShareGroup TRAINERS =
      new KafkaSetup.ShareGroup(ShareGroups.TRAINERS, LOCK);
  private static final KafkaSetup.ShareGroup EVALUATORS =
      new KafkaSetup.ShareGroup(ShareGroups.EVALUATORS, LOCK);
  private static final KafkaSetup.ShareGroup PREPARERS =
      new KafkaSetup.ShareGroup(ShareGroups.DATASET_PREPARERS, LOCK);

  private static final KafkaSetup.ShareGroup WRITERS =
      new KafkaSetup.ShareGroup(ShareGroups.SHARD_WRITERS, LOCK);

  private static KafkaTestServer kafka;

  private final List<WorkConsumer> consumers = new ArrayList<>();
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

  @BeforeAll
  static void start() {
    kafka = KafkaTestServer.start();
    KafkaSetup.ensure(kafka.bootstrapServers(), List.of(TRAINERS, EVALUATORS, PREPARERS, WRITERS));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @AfterEach
  void closeConsumers() {
    consumers.forEach(WorkConsumer::close);
  }

  @Test
  void freeReplicaTakesWhatABusyOneCannot() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    for (String replica : List.of("a", "b")) {
      consumers.add(
          WorkConsumer.start(
              kafka.bootstrapServers(),
              Topics.TRAINING_SEGMENTS,
              TRAINERS,
              (payload, delivery) -> {
                String name = new String(payload, UTF_8);
                if (name.equals("long")) {
                  release.await();
                }
                done.add(name + " " + delivery);
              }));
    }
    send(Topics.TRAINING_SEGMENTS, "long", "1", "2", "3", "4", "5", "6");
    for (int i = 1; i <= 6; i++) {
      assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo(i + " 1");
    }
    release.countDown();
    assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("long 1");
  }

  @Test
  void recordWhoseWorkThrowsIsDeliveredAgainAndTheNextFollowsAtOnce() throws Exception {
    consumers.add(
        WorkConsumer.start(
            kafka.bootstrapServers(),
            Topics.EVALUATION_REQUESTS,
            EVALUATORS,
            (payload, delivery) -> {
              String name = new String(payload, UTF_8);
              if (name.equals("flaky") && delivery < 3) {
                throw new java.io.IOException("away");
              }
              if (name.equals("slow")) {
                Thread.sleep(4000);
              }
              done.add(name + " " + delivery);
            }));
    send(Topics.EVALUATION_REQUESTS, "flaky");
    assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("flaky 3");
    send(Topics.EVALUATION_REQUESTS, "slow", "next");
    assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("slow 1");
    assertThat(done.poll(2, TimeUnit.SECONDS)).isEqualTo("next 1");
  }

  @Test
  void closingLeavesTheRecordToAnotherReplica() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    WorkConsumer first =
        WorkConsumer.start(
            kafka.bootstrapServers(),
            Topics.DATASET_REQUESTS,
            PREPARERS,
            (payload, delivery) -> {
              begun.countDown();
              Thread.sleep(60_000);
            });
    send(Topics.DATASET_REQUESTS, "work");
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(first.close(Duration.ofSeconds(10))).isTrue();
    assertThat(first.isRunning()).isFalse();

    consumers.add(
        WorkConsumer.start(
            kafka.bootstrapServers(),
            Topics.DATASET_REQUESTS,
            PREPARERS,
            (payload, delivery) -> done.add(new String(payload, UTF_8) + " " + delivery)));
    assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("work 2");
  }

  @Test
  void brokerMayRestartDuringTheWork() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch restarted = new CountDownLatch(1);
    consumers.add(
        WorkConsumer.start(
            kafka.bootstrapServers(),
            Topics.DATASET_SHARDS,
            WRITERS,
            (payload, delivery) -> {
              begun.countDown();
              restarted.await();
              done.add(new String(payload, UTF_8));
            }));
    send(Topics.DATASET_SHARDS, "work");
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    kafka.stop();
    kafka.startAgain();
    restarted.countDown();
    assertThat(done.poll(30, TimeUnit.SECONDS)).isEqualTo("work");
    send(Topics.DATASET_SHARDS, "next");
    String following = done.poll(60, TimeUnit.SECONDS);
    if ("work".equals(following)) {
      following = done.poll(60, TimeUnit.SECONDS);
    }
    assertThat(following).isEqualTo("next");
  }

  private static void send(String topic, String... values) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value, value.getBytes(UTF_8))).get();
      }
    }
  }
}
