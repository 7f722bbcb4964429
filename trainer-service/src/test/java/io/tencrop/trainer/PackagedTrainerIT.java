package io.tencrop.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.ShareGroups;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.messaging.KafkaSetup;
import io.tencrop.messaging.KafkaTestServer;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two replicas of the packaged service, of which one is stopped, and then killed, in mid-segment.
 */
class PackagedTrainerIT {
  private static final Path DIRECTORY = Path.of("target", "packaged-trainer");
  private static final Duration TARGET = Duration.ofSeconds(4);

  private static KafkaTestServer kafka;
  private static S3Server s3;
  private static PreparedDataset dataset;
  private static final Map<String, Process> replicas = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(DIRECTORY);
    Path data = Files.createTempDirectory(DIRECTORY, "data-");
    kafka = KafkaTestServer.start();
    s3 = S3Server.start(data.resolve("objects"));
    KafkaSetup.ensure(
        kafka.bootstrapServers(),
        List.of(new KafkaSetup.ShareGroup(ShareGroups.TRAINERS, Duration.ofMinutes(15))));
    try (ObjectStore store = ObjectStore.connect(s3.settings())) {
      store.ensureBuckets(Buckets.ALL);
      dataset = TinyDataset.store(store, Digests.sha256("packaged".getBytes()));
    }
    for (String name : List.of("a", "b")) {
      startReplica(name, data.resolve("cache"));
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    for (Process replica : replicas.values()) {
      replica.destroyForcibly().waitFor();
    }
    s3.close();
    kafka.close();
  }

  private static void startReplica(String name, Path cache) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx256m",
            "-jar",
            "target/quarkus-app/quarkus-run.jar");
    Map<String, String> environment = builder.environment();
    environment.put("DJL_CACHE_DIR", System.getProperty("DJL_CACHE_DIR"));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("TENCROP_STORE_ENDPOINT", s3.settings().endpoint());
    environment.put("TENCROP_STORE_ACCESS_KEY", s3.settings().accessKey());
    environment.put("TENCROP_STORE_SECRET_KEY", s3.settings().secretKey());
    environment.put("TENCROP_TRAINER_NAME", name);
    environment.put("TENCROP_TRAINER_SEGMENT_TARGET", TARGET.toString());
    environment.put("TENCROP_TRAINER_CACHE_DIR", cache.toString());
    environment.put("QUARKUS_HTTP_PORT", "0");
    replicas.put(
        name,
        builder
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(DIRECTORY.resolve(name + ".log").toFile()))
            .start());
  }

  @Test
  void stoppedAndKilledReplicasLeaveTheirSegmentToTheOther() throws Exception {
    TrainSegment segment = Segments.first(Segments.run(1, 100_000), dataset, CheckpointPolicy.LAST);
    try (Topic topic = new Topic(kafka.bootstrapServers())) {
      topic.send(Topics.TRAINING_SEGMENTS, segment.runId(), segment);
      String taker = trainerPast(0, topic);
      Process stopped = replicas.get(taker);
      stopped.destroy();
      assertThat(stopped.waitFor(10, TimeUnit.SECONDS)).as("stopped in time").isTrue();

      SegmentCompleted completed = (SegmentCompleted) topic.nextEvent();
      assertThat(completed.trainer()).isNotEqualTo(taker);
      assertThat(completed.parentId()).isNull();

      startReplica(taker, DIRECTORY.resolve("other-cache"));
      topic.send(
          Topics.TRAINING_SEGMENTS, segment.runId(), Segments.after(segment, completed.head()));
      String killed = trainerPast(completed.head().step(), topic);
      replicas.get(killed).destroyForcibly();
      SegmentCompleted later = (SegmentCompleted) topic.nextEvent();
      assertThat(later.trainer()).isNotEqualTo(killed);
      assertThat(later.parentId()).isEqualTo(completed.head().id());
      assertThat(later.head().step()).isGreaterThan(completed.head().step());
    }
  }

  /** Who trains when the run has passed {@code step}. */
  private static String trainerPast(long step, Topic topic) throws Exception {
    TrainingProgress progress = topic.nextProgress();
    while (progress.point().step() <= step) {
      progress = topic.nextProgress();
    }
    return progress.trainer();
  }
}
