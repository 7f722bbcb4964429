package io.tencrop.trainer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingControl.CancelExperiment;
import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingEvent.CheckpointPublished;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.event.TrainingEvent.SegmentFailed;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.ShardedImages;
import io.tencrop.vision.data.SoftTargets;
import io.tencrop.vision.data.VariantImages;
import io.tencrop.vision.training.StepOutcome;
import io.tencrop.vision.training.TrainingImages;
import io.tencrop.vision.training.TrainingSession;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Servers.class)
class TrainerServiceTest {
  private static final int EPOCHS = 6;

  @Inject ObjectStore store;
  @Inject Cancellations cancellations;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private final MessageCodec codec = new MessageCodec();
  private final String preparedId = Digests.sha256(UUID.randomUUID().toString().getBytes());
  private Topic topic;

  @BeforeEach
  void connect() {
    topic = new Topic(bootstrapServers);
  }

  @AfterEach
  void disconnect() {
    topic.close();
  }

  /** Does as the gateway: enqueues each run's next segment when one is completed, until all end. */
  private List<List<TrainingEvent>> trainToTheEnd(List<TrainSegment> first) throws Exception {
    List<List<TrainingEvent>> told = new ArrayList<>();
    for (TrainSegment segment : first) {
      told.add(new ArrayList<>());
      topic.send(Topics.TRAINING_SEGMENTS, segment.runId(), segment);
    }
    int running = first.size();
    while (running > 0) {
      TrainingEvent event = topic.nextEvent();
      for (int i = 0; i < first.size(); i++) {
        if (first.get(i).runId().equals(event.runId())) {
          told.get(i).add(event);
          if (event instanceof SegmentCompleted completed) {
            if (completed.runCompleted()) {
              running--;
            } else {
              topic.send(
                  Topics.TRAINING_SEGMENTS,
                  event.runId(),
                  Segments.after(first.get(i), completed.head()));
            }
          } else if (event instanceof SegmentFailed failed) {
            throw new AssertionError(failed.failure().toString());
          }
        }
      }
    }
    return told;
  }

  private static SegmentCompleted last(List<TrainingEvent> events) {
    return (SegmentCompleted) events.get(events.size() - 1);
  }

  @Test
  void segmentsInTurnsGiveTheSameAsOneSession() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);
    RunSpec spec = Segments.run(1, EPOCHS);
    List<List<TrainingEvent>> told =
        trainToTheEnd(
            List.of(
                Segments.first(spec, dataset, CheckpointPolicy.EVERY_EPOCH),
                Segments.first(Segments.run(2, EPOCHS), dataset, CheckpointPolicy.LAST),
                Segments.first(spec, dataset, CheckpointPolicy.LAST)));

    List<MetricPoint> points = new ArrayList<>();
    String weights = trainAtOnce(spec, points);

    assertThat(told.get(0)).hasSizeGreaterThan(EPOCHS + 1);
    assertThat(last(told.get(0)).head().weightsSha256()).isEqualTo(weights);
    assertThat(last(told.get(2)).head().weightsSha256()).isEqualTo(weights);
    assertThat(last(told.get(1)).head().weightsSha256()).isNotEqualTo(weights);
    assertThat(
            told.get(0).stream()
                .filter(SegmentCompleted.class::isInstance)
                .flatMap(event -> ((SegmentCompleted) event).points().stream()))
        .isEqualTo(points);
    assertThat(
            told.get(0).stream()
                .filter(CheckpointPublished.class::isInstance)
                .map(event -> ((CheckpointPublished) event).metrics().epoch()))
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(told.get(2).stream().filter(CheckpointPublished.class::isInstance)).hasSize(1);
    checkStored(last(told.get(0)), spec);
  }

  @Test
  void epochsSeeTheVariantsOfTheImagesInTurn() throws Exception {
    PreparedDataset dataset = TinyDataset.storeVariants(store, preparedId);
    RunSpec spec = Segments.run(1, 3);
    List<List<TrainingEvent>> told =
        trainToTheEnd(List.of(Segments.first(spec, dataset, CheckpointPolicy.LAST)));

    Path directory = Files.createTempDirectory(Path.of("target"), "variants-");
    List<ShardedImages> sets = new ArrayList<>();
    for (byte[] shard :
        List.of(
            TinyDataset.shard(200, 0), TinyDataset.shard(200, 0, 1), TinyDataset.shard(40, 100))) {
      Path file = directory.resolve(sets.size() + ".safetensors");
      sets.add(ShardedImages.open(List.of(Files.write(file, shard))));
    }
    VariantImages variants = new VariantImages(sets.subList(0, 2));
    String weights = last(told.get(0)).head().weightsSha256();
    assertThat(weights)
        .isEqualTo(trainAtOnce(spec, new ArrayList<>(), variants, sets.get(2)))
        .isNotEqualTo(trainAtOnce(spec, new ArrayList<>(), sets.get(0), sets.get(2)));
    for (ShardedImages set : sets) {
      set.close();
    }
  }

  @Test
  void aStudentInTurnsLearnsTheSameAsInOneSession() throws Exception {
    PreparedDataset dataset = TinyDataset.storeVariants(store, preparedId);
    float[][] answers = new float[2][200 * 3];
    long[] ids = new long[200];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i;
      for (int variant = 0; variant < 2; variant++) {
        answers[variant][3 * i] = 0.5f;
        answers[variant][3 * i + 1 + (i + variant) % 2] = 0.5f;
      }
    }
    SoftTargets teacher = new SoftTargets(3, List.of(answers), ids);
    StoredObject stored =
        store.putByContent(Buckets.LOGITS, Buckets::teacher, out -> teacher.write(Map.of(), out));
    RunSpec plain = Segments.run(16, EPOCHS);
    RunSpec student = taughtBy(plain, stored.sha256());
    List<List<TrainingEvent>> told =
        trainToTheEnd(
            List.of(
                Segments.first(student, dataset, CheckpointPolicy.LAST),
                Segments.first(plain, dataset, CheckpointPolicy.LAST)));
    assertThat(told.get(0)).hasSizeGreaterThan(2);

    Path directory = Files.createTempDirectory(Path.of("target"), "taught-");
    List<ShardedImages> sets = new ArrayList<>();
    for (byte[] shard :
        List.of(
            TinyDataset.shard(200, 0), TinyDataset.shard(200, 0, 1), TinyDataset.shard(40, 100))) {
      Path file = directory.resolve(sets.size() + ".safetensors");
      sets.add(ShardedImages.open(List.of(Files.write(file, shard))));
    }
    ImageSet train = new VariantImages(sets.subList(0, 2));
    ImageSet validation = sets.get(2);
    String weights = last(told.get(0)).head().weightsSha256();
    assertThat(weights)
        .isEqualTo(
            trainAtOnce(
                student, new ArrayList<>(), new TrainingImages(train, validation, teacher)));
    assertThat(last(told.get(1)).head().weightsSha256())
        .isEqualTo(trainAtOnce(plain, new ArrayList<>(), train, validation))
        .isNotEqualTo(weights);
    for (ShardedImages set : sets) {
      set.close();
    }
  }

  @Test
  void aTeacherWhoIsAwayOrAnswersForOtherImagesFailsTheRun() throws Exception {
    PreparedDataset dataset = TinyDataset.storeVariants(store, preparedId);
    String nobodys = "0".repeat(64);
    SegmentFailed missing =
        failureOf(
            Segments.first(taughtBy(Segments.run(17, 1), nobodys), dataset, CheckpointPolicy.LAST));
    assertThat(missing.failure().code()).isEqualTo(FailureCode.TEACHER_INVALID);
    assertThat(missing.failure().message())
        .contains("lenet5-s17", "'all'", Buckets.teacher(nobodys));

    SoftTargets few = new SoftTargets(3, List.of(new float[] {1, 0, 0}), new long[] {0});
    StoredObject stored =
        store.putByContent(Buckets.LOGITS, Buckets::teacher, out -> few.write(Map.of(), out));
    SegmentFailed other =
        failureOf(
            Segments.first(
                taughtBy(Segments.run(18, 1), stored.sha256()), dataset, CheckpointPolicy.LAST));
    assertThat(other.failure().code()).isEqualTo(FailureCode.TEACHER_INVALID);
    assertThat(other.failure().message()).contains("no answer to image 1");
  }

  private static RunSpec taughtBy(RunSpec run, String answers) {
    return run.withTraining(
        run.training().withTeacher(new TeacherSpec("e", "all", 2, 0.8, answers)));
  }

  private void checkStored(SegmentCompleted completed, RunSpec spec) throws Exception {
    CheckpointManifest manifest = manifest(completed.head().id());
    assertThat(manifest.run()).isEqualTo(spec);
    assertThat(manifest.step()).isEqualTo(13L * EPOCHS);
    assertThat(manifest.epoch()).isEqualTo(EPOCHS);
    assertThat(manifest.engine()).startsWith("PyTorch");
    EpochMetrics metrics = manifest.metrics();
    assertThat(metrics.validationAccuracy()).isBetween(0.0, 1.0);
    for (CheckpointManifest.StoredFile file :
        List.of(manifest.weights(), manifest.optimizerState())) {
      assertThat(store.get(Buckets.CHECKPOINTS, file.key(), file.sha256()))
          .hasSize((int) file.bytes());
    }
  }

  /** The digest of the final weights, trained here without any service. */
  private static String trainAtOnce(RunSpec spec, List<MetricPoint> points) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target"), "shards-");
    List<Path> files = new ArrayList<>();
    int[] images = {120, 80, 40};
    long[] seeds = {0, 1, 100};
    for (int i = 0; i < images.length; i++) {
      files.add(
          Files.write(
              directory.resolve(i + ".safetensors"), TinyDataset.shard(images[i], seeds[i])));
    }
    try (ShardedImages train = ShardedImages.open(files.subList(0, 2));
        ShardedImages validation = ShardedImages.open(files.subList(2, 3))) {
      return trainAtOnce(spec, points, train, validation);
    }
  }

  private static String trainAtOnce(
      RunSpec spec, List<MetricPoint> points, ImageSet train, ImageSet validation)
      throws Exception {
    return trainAtOnce(spec, points, new TrainingImages(train, validation));
  }

  private static String trainAtOnce(RunSpec spec, List<MetricPoint> points, TrainingImages images)
      throws Exception {
    try (TrainingSession session = TrainingSession.start(VisionSettings.of(spec, 3), images)) {
      while (session.step() < session.totalSteps()) {
        StepOutcome outcome = session.advance();
        if (outcome.point() != null) {
          points.add(
              new MetricPoint(
                  outcome.point().step(),
                  outcome.point().epoch(),
                  outcome.point().loss(),
                  outcome.point().accuracy()));
        }
      }
      ByteArrayOutputStream weights = new ByteArrayOutputStream();
      session.snapshot().writeWeights(weights);
      return Digests.sha256(weights.toByteArray());
    }
  }

  @Test
  void aRunWhoseValidationDoesNotImproveIsCompletedEarly() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);
    RunSpec run =
        Segments.with(
            Segments.run(9, EPOCHS),
            """
            {"batchSize": 16, "epochs": %d, "optimizer": {"type": "sgd", "learningRate": 1e-30},
             "earlyStopping": {"patience": 2}}
            """
                .formatted(EPOCHS),
            Segments.run(9, EPOCHS).input());
    SegmentCompleted end =
        last(trainToTheEnd(List.of(Segments.first(run, dataset, CheckpointPolicy.LAST))).get(0));
    assertThat(end.head().epoch()).isEqualTo(3);
    assertThat(end.head().step()).isEqualTo(13L * 3);
  }

  @Test
  void aSegmentThatGoesOnWhereAnotherEngineLeftOffSaysSo() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);
    TrainSegment segment =
        Segments.first(Segments.run(10, 100_000), dataset, CheckpointPolicy.LAST);
    topic.send(Topics.TRAINING_SEGMENTS, segment.runId(), segment);
    SegmentCompleted first = (SegmentCompleted) topic.nextEvent();
    String engine = first.engines().get(0);
    assertThat(first.engines()).containsExactly(engine);

    String other = "PyTorch 1.0.0 gpu";
    CheckpointManifest head = manifest(first.head().id());
    byte[] foreign =
        codec.encode(
            new CheckpointManifest(
                head.formatVersion(),
                head.runId(),
                head.run(),
                head.preparedId(),
                head.parent(),
                head.step(),
                head.epoch(),
                head.metrics(),
                other,
                List.of(other),
                head.weights(),
                head.optimizerState(),
                null));
    String id = Digests.sha256(foreign);
    store.putIfAbsent(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), foreign);
    CheckpointRef parent =
        new CheckpointRef(id, head.step(), head.epoch(), head.weights().sha256());
    topic.send(Topics.TRAINING_SEGMENTS, segment.runId(), Segments.after(segment, parent));
    SegmentCompleted second = (SegmentCompleted) topic.nextEvent();
    assertThat(second.engines()).containsExactly(other, engine);
    CheckpointManifest marked = manifest(second.head().id());
    assertThat(marked.engine()).isEqualTo(engine);
    assertThat(marked.engines()).containsExactly(other, engine);
  }

  private static RunSpec still(RunSpec run, String initialWeights) {
    return Segments.with(
        run,
        """
        {"batchSize": 16, "epochs": 1, "optimizer": {"type": "sgd", "learningRate": 1e-30},
         "initialWeights": "%s"}
        """
            .formatted(initialWeights),
        run.input());
  }

  @Test
  void aRunStartsFromTheWeightsOfACheckpoint() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);
    TrainSegment first = Segments.first(oneStep(11), dataset, CheckpointPolicy.LAST);
    CheckpointRef trained = last(trainToTheEnd(List.of(first)).get(0)).head();
    RunSpec next = still(Segments.run(12, 1), trained.id());
    SegmentCompleted end =
        last(trainToTheEnd(List.of(Segments.first(next, dataset, CheckpointPolicy.LAST))).get(0));
    assertThat(end.head().weightsSha256()).isEqualTo(trained.weightsSha256());
    assertThat(manifest(end.head().id()).run().training().initialWeights()).isEqualTo(trained.id());
  }

  @Test
  void weightsThatAreNotThereOrAnotherNetworksFailTheRun() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);
    String nobodys = "0".repeat(64);
    SegmentFailed missing =
        failureOf(
            Segments.first(still(Segments.run(13, 1), nobodys), dataset, CheckpointPolicy.LAST));
    assertThat(missing.failure().code()).isEqualTo(FailureCode.INITIAL_WEIGHTS_INVALID);
    assertThat(missing.failure().message()).contains("lenet5-s13", nobodys);

    TrainSegment first = Segments.first(oneStep(14), dataset, CheckpointPolicy.LAST);
    CheckpointRef trained = last(trainToTheEnd(List.of(first)).get(0)).head();
    RunSpec lenet = still(Segments.run(15, 1), trained.id());
    RunSpec shallow =
        new RunSpec(
            "shallow-s15",
            "shallow",
            new ArchitectureSpec("shallow", Map.of()),
            15,
            lenet.training(),
            lenet.input());
    SegmentFailed other = failureOf(Segments.first(shallow, dataset, CheckpointPolicy.LAST));
    assertThat(other.failure().code()).isEqualTo(FailureCode.INITIAL_WEIGHTS_INVALID);
    assertThat(other.failure().message()).contains("unexpected: conv1.bias");
  }

  private CheckpointManifest manifest(String id) throws Exception {
    byte[] json = store.get(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), id);
    return codec.decode(json, CheckpointManifest.class);
  }

  @Test
  void redeliveredSegmentGivesTheSameCheckpoint() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);

    TrainSegment segment = Segments.first(oneStep(3), dataset, CheckpointPolicy.LAST);
    topic.send(Topics.TRAINING_SEGMENTS, segment.runId(), segment);
    topic.send(Topics.TRAINING_SEGMENTS, segment.runId(), segment);
    List<TrainingEvent> told = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      told.add(topic.nextEvent());
    }
    assertThat(told.get(2)).isEqualTo(told.get(0));
    assertThat(((SegmentCompleted) told.get(3)).head())
        .isEqualTo(((SegmentCompleted) told.get(1)).head());
  }

  @Test
  void cancelledExperimentIsLeftAlone() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);
    RunSpec run = oneStep(4);
    TrainSegment unwanted = Segments.first(run, dataset, CheckpointPolicy.LAST);
    TrainSegment wanted = Segments.first(run, dataset, CheckpointPolicy.LAST);
    topic.send(
        Topics.TRAINING_CONTROL,
        unwanted.experimentId(),
        new CancelExperiment(unwanted.experimentId()));
    for (int i = 0; i < 200 && !cancellations.contains(unwanted.experimentId()); i++) {
      Thread.sleep(50);
    }
    assertThat(cancellations.contains(unwanted.experimentId())).isTrue();
    topic.send(Topics.TRAINING_SEGMENTS, unwanted.runId(), unwanted);
    topic.send(Topics.TRAINING_SEGMENTS, wanted.runId(), wanted);
    assertThat(topic.nextEvent().runId()).isEqualTo(wanted.runId());
    assertThat(topic.nextEvent().runId()).isEqualTo(wanted.runId());
  }

  @Test
  void corruptShardFailsTheSegmentAndSaysWhich() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId, 1000);
    String key = Buckets.shard(preparedId, "train", 1);
    byte[] bytes = store.get(Buckets.DATASETS, key);
    bytes[bytes.length / 2] ^= 1;
    store.put(Buckets.DATASETS, key, new ByteArrayInputStream(bytes));
    SegmentFailed failed =
        failureOf(Segments.first(Segments.run(5, 1), dataset, CheckpointPolicy.LAST));
    assertThat(failed.failure().code()).isEqualTo(FailureCode.OBJECT_CORRUPT);
    assertThat(failed.failure().message()).contains(key, "submit the experiment again");
  }

  @Test
  void divergedRunFailsWithTheStep() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);
    RunSpec run = Segments.run(6, 5);
    RunSpec wild =
        Segments.with(
            run,
            """
            {"batchSize": 16, "epochs": 5, "optimizer": {"type": "sgd", "learningRate": 1e30}}
            """,
            run.input());
    SegmentFailed failed = failureOf(Segments.first(wild, dataset, CheckpointPolicy.LAST));
    assertThat(failed.failure().code()).isEqualTo(FailureCode.TRAINING_DIVERGED);
    assertThat(failed.failure().message()).contains("lenet5-s6", "step", "learning rate");
  }

  private SegmentFailed failureOf(TrainSegment segment) throws Exception {
    topic.send(Topics.TRAINING_SEGMENTS, segment.runId(), segment);
    return (SegmentFailed) topic.nextEvent();
  }

  @Test
  void inputThatTheNetworkCannotTakeFailsTheRun() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);
    RunSpec run = Segments.run(7, 1);
    RunSpec small = Segments.with(run, "{}", new InputSpec(8, TrainCrop.CENTER, null));
    SegmentFailed failed = failureOf(Segments.first(small, dataset, CheckpointPolicy.LAST));
    assertThat(failed.failure().code()).isEqualTo(FailureCode.ARCHITECTURE_INVALID);
    assertThat(failed.failure().message()).contains("lenet5-s7", "8");
  }

  @Test
  void binaryLossForThreeClassesFailsTheRun() throws Exception {
    PreparedDataset dataset = TinyDataset.store(store, preparedId);
    RunSpec run = Segments.run(8, 1);
    RunSpec binary = Segments.with(run, "{\"loss\": \"binaryCrossEntropy\"}", run.input());
    SegmentFailed failed = failureOf(Segments.first(binary, dataset, CheckpointPolicy.LAST));
    assertThat(failed.failure().code()).isEqualTo(FailureCode.ARCHITECTURE_INVALID);
    assertThat(failed.failure().message()).contains("lenet5-s8", "3", "crossEntropy");
  }

  /** One step of all images, so that a segment is a run. */
  private static RunSpec oneStep(long seed) {
    RunSpec run = Segments.run(seed, 1);
    return Segments.with(run, "{\"batchSize\": 200, \"epochs\": 1}", run.input());
  }

  @Test
  void healthNamesKafkaAndTheStore() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", hasItems("object store", "Kafka connection health check"));
    given()
        .get("/q/health/live")
        .then()
        .statusCode(200)
        .body("checks.name", hasItems("takes segments"));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("tencrop_training_step_seconds_sum"))
        .body(containsString("tencrop_training_data_wait_seconds_sum"));
  }
}
