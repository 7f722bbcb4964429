package io.tencrop.dataset;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.data.Duplicates;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedFacts;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.RejectedImages.RejectedImage;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.DatasetEvent.DatasetFailed;
import io.tencrop.contracts.event.DatasetEvent.DatasetPrepared;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.contracts.event.DatasetRequest.PrepareDataset;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.contracts.spec.ShardAugmentSpec.Interpolation;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageDecoder;
import io.tencrop.vision.data.ShardedImages;
import io.tencrop.vision.data.VariantImages;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(Servers.class)
class PreparationTest {
  private static final SplitSpec PROVIDED = new SplitSpec(true, null, 0.1, null, 42);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @ConfigProperty(name = "tencrop.dataset.work-dir")
  Path workDirectory;

  @Inject ObjectStore store;
  @Inject MessageCodec codec;
  @TempDir Path directory;

  private KafkaProducer<String, byte[]> producer;
  private KafkaConsumer<String, byte[]> consumer;
  private final List<DatasetEvent> seen = new ArrayList<>();

  @BeforeEach
  void connect() {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "test-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(Topics.DATASET_EVENTS));
  }

  @AfterEach
  void disconnect() {
    producer.close();
    consumer.close();
  }

  private UUID request(String dataset, ShardPreparation preparation) {
    UUID experiment = UUID.randomUUID();
    request(experiment, dataset, preparation);
    return experiment;
  }

  private void request(UUID experiment, String dataset, ShardPreparation preparation) {
    request(experiment, dataset, preparation, 0);
  }

  private void request(
      UUID experiment, String dataset, ShardPreparation preparation, double maxRejectedShare) {
    byte[] message =
        codec.encode(new PrepareDataset(experiment, dataset, preparation, maxRejectedShare));
    producer.send(new ProducerRecord<>(Topics.DATASET_REQUESTS, experiment.toString(), message));
    producer.flush();
  }

  /** The answer to an experiment; progress on the way is kept in {@link #seen}. */
  private DatasetEvent answer(UUID experiment) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      for (DatasetEvent event : List.copyOf(seen)) {
        if (event.experimentId().equals(experiment) && !(event instanceof DatasetProgress)) {
          seen.remove(event);
          return event;
        }
      }
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        DatasetEvent event = codec.decode(record.value(), DatasetEvent.class);
        assertThat(record.key()).isEqualTo(event.experimentId().toString());
        seen.add(event);
      }
    }
    throw new AssertionError("no answer for " + experiment + " among " + seen);
  }

  private DatasetPrepared prepared(UUID experiment) throws Exception {
    DatasetEvent event = answer(experiment);
    assertThat(event).isInstanceOf(DatasetPrepared.class);
    return (DatasetPrepared) event;
  }

  private DatasetFailed failed(UUID experiment) throws Exception {
    DatasetEvent event = answer(experiment);
    assertThat(event).isInstanceOf(DatasetFailed.class);
    return (DatasetFailed) event;
  }

  private PreparedManifest manifest(PreparedDataset dataset) throws Exception {
    return codec.decode(
        store.get(
            Buckets.DATASETS, Buckets.preparedManifest(dataset.id()), dataset.manifestSha256()),
        PreparedManifest.class);
  }

  private ShardedImages open(PreparedManifest manifest, SplitName split) throws Exception {
    return open(manifest.shards(split, 0));
  }

  private ShardedImages open(List<PreparedManifest.Shard> shards) throws Exception {
    List<Path> files = new ArrayList<>();
    for (PreparedManifest.Shard shard : shards) {
      Path file = directory.resolve(shard.sha256());
      store.download(Buckets.DATASETS, shard.key(), shard.sha256(), file);
      assertThat(Files.size(file)).isEqualTo(shard.bytes());
      files.add(file);
    }
    return ShardedImages.open(files);
  }

  private static void register(String json, int status) {
    given()
        .contentType("application/json")
        .body(json)
        .post("/internal/v1/datasets")
        .then()
        .statusCode(status);
  }

  @Test
  void preparesTheSampleAndFindsItAgain() throws Exception {
    ShardPreparation preparation = new ShardPreparation(36, 1, PROVIDED, null);
    UUID experiment = request("fashion-mnist-sample", preparation);
    DatasetPrepared answer = prepared(experiment);
    PreparedDataset dataset = answer.dataset();
    assertThat(answer.reused()).isFalse();
    assertThat(dataset.counts())
        .containsOnly(
            Map.entry(SplitName.TRAIN, 10_800L),
            Map.entry(SplitName.VALIDATION, 1_200L),
            Map.entry(SplitName.TEST, 2_000L));
    assertThat(dataset.classes()).hasSize(10).startsWith("T-shirt/top").endsWith("Ankle boot");
    assertThat(dataset.height()).isEqualTo(36);
    assertThat(dataset.channels()).isEqualTo(1);
    assertThat(seen)
        .contains(new DatasetProgress(experiment, 4, 4), new DatasetProgress(experiment, 1, 4));

    PreparedManifest manifest = manifest(dataset);
    assertThat(manifest.shards().get(SplitName.TRAIN)).hasSize(2);
    Set<Long> ids = new HashSet<>();
    for (SplitName split : SplitName.values()) {
      try (ShardedImages images = open(manifest, split)) {
        assertThat((long) images.size()).isEqualTo(dataset.counts().get(split));
        for (int i = 0; i < images.size(); i++) {
          assertThat(ids.add(images.id(i))).isTrue();
          assertThat(images.id(i) >= 12_000).isEqualTo(split == SplitName.TEST);
        }
        if (split == SplitName.TEST) {
          checkTestImages(images);
        }
      }
    }
    assertThat(ids).hasSize(14_000);

    DatasetPrepared again = prepared(request("fashion-mnist-sample", preparation));
    assertThat(again.reused()).isTrue();
    assertThat(again.dataset()).isEqualTo(dataset);
    request(experiment, "fashion-mnist-sample", preparation);
    assertThat(prepared(experiment).dataset()).isEqualTo(dataset);

    given()
        .get("/internal/v1/datasets/fashion-mnist-sample")
        .then()
        .statusCode(200)
        .body("prepared.id", hasItems(dataset.id()))
        .body("licence", containsString("Zalando"));
  }

  /** The test images of the sample: 200 of each class, pixels that were not changed by chance. */
  private static void checkTestImages(ShardedImages images) {
    int[] perClass = new int[10];
    long sum = 0;
    byte[] pixels = new byte[36 * 36];
    for (int i = 0; i < images.size(); i++) {
      perClass[images.label(i)]++;
      images.copyCrop(i, Crop.whole(36, 36), pixels, 0);
      for (byte pixel : pixels) {
        sum += pixel & 0xff;
      }
    }
    assertThat(perClass).containsOnly(200);
    assertThat(sum / (255.0 * 36 * 36 * images.size())).isBetween(0.27, 0.30);
  }

  @Test
  void experimentsThatAskAtOnceAreAllAnswered() throws Exception {
    ShardPreparation preparation =
        new ShardPreparation(null, 3, new SplitSpec(false, 0.7, 0.2, 0.1, 7), null);
    List<UUID> experiments = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      experiments.add(request("fashion-mnist-sample", preparation));
    }
    Set<PreparedDataset> datasets = new HashSet<>();
    for (UUID experiment : experiments) {
      datasets.add(prepared(experiment).dataset());
    }
    assertThat(datasets).hasSize(1);
    assertThat(datasets.iterator().next().counts())
        .containsEntry(SplitName.TRAIN, 9_800L)
        .containsEntry(SplitName.VALIDATION, 2_800L)
        .containsEntry(SplitName.TEST, 1_400L);
  }

  @Test
  void trainingImagesAreStoredInVariants() throws Exception {
    ShardAugmentSpec augment =
        new ShardAugmentSpec(
            2,
            List.of(
                ShardAugmentSpec.RandomResizedCrop.of(12, null, null),
                ShardAugmentSpec.Rotation.of(30, Interpolation.BILINEAR, 7)),
            5);
    ShardPreparation preparation = new ShardPreparation(12, 1, PROVIDED, augment);
    PreparedDataset plain =
        prepared(request("fashion-mnist-sample", new ShardPreparation(12, 1, PROVIDED, null)))
            .dataset();
    PreparedDataset dataset = prepared(request("fashion-mnist-sample", preparation)).dataset();
    assertThat(dataset.counts()).isEqualTo(plain.counts());
    PreparedManifest manifest = manifest(dataset);
    assertThat(manifest.preparation()).isEqualTo(preparation);
    assertThat(manifest.shards().get(SplitName.TEST))
        .extracting(PreparedManifest.Shard::sha256)
        .isEqualTo(
            manifest(plain).shards().get(SplitName.TEST).stream()
                .map(PreparedManifest.Shard::sha256)
                .toList());
    try (ShardedImages first = open(manifest.shards(SplitName.TRAIN, 0));
        ShardedImages second = open(manifest.shards(SplitName.TRAIN, 1));
        ShardedImages stored = open(manifest(plain).shards(SplitName.TRAIN, 0))) {
      assertThat(new VariantImages(List.of(first, second, stored)).size()).isEqualTo(10_800);
      int changed = 0;
      for (int i = 0; i < stored.size(); i++) {
        byte[] one = pixels(first, i);
        changed += Arrays.equals(one, pixels(second, i)) ? 0 : 1;
        changed += Arrays.equals(one, pixels(stored, i)) ? 0 : 1;
      }
      assertThat(changed).isGreaterThan(2 * 10_700);
    }
    assertThat(prepared(request("fashion-mnist-sample", preparation)).dataset()).isEqualTo(dataset);
    checkPictures(manifest);
  }

  /** The images over HTTP: those that are stored, and those of the source. */
  private void checkPictures(PreparedManifest manifest) throws Exception {
    String at = "/internal/v1/datasets/fashion-mnist-sample/prepared/" + manifest.id();
    given()
        .get(at)
        .then()
        .statusCode(200)
        .body("variants", is(2))
        .body("shards", is(6))
        .body("licence", containsString("Zalando"))
        .body("facts.classCounts.test", everyItem(is(200)))
        .body("facts.duplicates.pairs.size()", is(manifest.facts().duplicates().pairs().size()));
    List<Integer> ids =
        given()
            .get(at + "/samples?class=Bag&count=3")
            .then()
            .statusCode(200)
            .body("split", is("train"))
            .body("variants", is(2))
            .body("samples.className", everyItem(is("Bag")))
            .extract()
            .path("samples.id");
    assertThat(ids).hasSize(3).isSorted().doesNotHaveDuplicates();
    given().get(at + "/samples?split=test&count=2").then().body("samples.size()", is(20));
    try (ShardedImages images = open(manifest.shards(SplitName.TRAIN, 1))) {
      for (int i = 0; i < images.size(); i++) {
        if (ids.contains((int) images.id(i))) {
          assertThat(images.label(i)).isEqualTo(8);
          Bitmap picture = picture(at + "/samples/" + images.id(i) + ".png?variant=1");
          assertThat(picture.channels()).isEqualTo(1);
          assertThat(picture.data()).isEqualTo(pixels(images, i));
        }
      }
    }
    Bitmap original = picture(at + "/samples/" + ids.get(0) + ".png");
    assertThat(original.height()).isEqualTo(28);
    assertThat(original.resized(12, 12).data())
        .isNotEqualTo(picture(at + "/samples/" + ids.get(0) + ".png?variant=0").data());
    String tag = given().get(at + "/samples/" + ids.get(0) + ".png").header("ETag");
    given()
        .header("If-None-Match", tag)
        .get(at + "/samples/" + ids.get(0) + ".png")
        .then()
        .statusCode(304);
    for (String wrong : List.of("?split=all", "?class=Cat", "?count=0", "?count=51", "?count=x")) {
      given().get(at + "/samples" + wrong).then().statusCode(400);
    }
    for (String missing : List.of("/samples/0.png?variant=2", "/samples/14000.png")) {
      given().get(at + missing).then().statusCode(404);
    }
    given().get(at + "/samples/0.png?variant=-1").then().statusCode(400);
    given().get(at.replace("-sample", "")).then().statusCode(404);
    given().get(at.replace(manifest.id(), "0".repeat(64))).then().statusCode(404);
  }

  private static Bitmap picture(String path) throws Exception {
    return ImageDecoder.decode(
        given().get(path).then().statusCode(200).contentType("image/png").extract().asByteArray());
  }

  private static byte[] pixels(ShardedImages images, int index) {
    byte[] pixels = new byte[images.height() * images.width() * images.channels()];
    images.copyCrop(index, Crop.whole(images.height(), images.width()), pixels, 0);
    return pixels;
  }

  private Path leaking() throws Exception {
    Path source = Files.createDirectories(directory.resolve("leaking"));
    for (int i = 0; i < 30; i++) {
      TestImages.write(source.resolve("train/cat/" + i + ".png"), 12 + i % 5, 20, i);
      if (i < 10) {
        TestImages.write(source.resolve("train/dog/" + i + ".png"), 20, 13, 100 + i);
        TestImages.write(source.resolve("test/cat/" + i + ".png"), 12, 12, 30 + i);
        TestImages.write(source.resolve("test/dog/" + i + ".png"), 12, 12, 200 + i);
      }
    }
    Files.copy(source.resolve("train/cat/3.png"), source.resolve("test/dog/copy.png"));
    Files.copy(source.resolve("train/dog/3.png"), source.resolve("test/dog/other.png"));
    Files.copy(source.resolve("test/cat/0.png"), source.resolve("test/cat/again.png"));
    return source;
  }

  @Test
  void theManifestTellsWhatShowed() throws Exception {
    register(
        """
        {"name": "leaking", "source": {"type": "image-folder", "uri": "%s"}}
        """
            .formatted(leaking().toUri()),
        201);
    SplitSpec split = new SplitSpec(true, null, 0.1, null, 3, true);
    ShardPreparation preparation =
        new ShardPreparation(ResizeSpec.shorterSide(10), 8, 3, split, null);
    PreparedDataset dataset = prepared(request("leaking", preparation)).dataset();
    assertThat(dataset.height()).isEqualTo(8);
    assertThat(dataset.notes())
        .anyMatch(note -> note.startsWith("2 of 23 test images are exact copies of training"))
        .anyMatch(note -> note.startsWith("1 images are exact copies of an image with another"));
    PreparedManifest manifest = manifest(dataset);
    PreparedFacts facts = manifest.facts();
    assertThat(facts.classCounts())
        .isEqualTo(
            Map.of(
                SplitName.TRAIN, List.of(27L, 9L),
                SplitName.VALIDATION, List.of(3L, 1L),
                SplitName.TEST, List.of(11L, 12L)));
    assertThat(facts.duplicates().acrossSplits())
        .containsExactly(new Duplicates.Shared(SplitName.TEST, SplitName.TRAIN, 2));
    assertThat(facts.duplicates().withinSplits()).isEqualTo(Map.of(SplitName.TEST, 1L));
    assertThat(facts.duplicates().pairs())
        .extracting(pair -> pair.first().path() + "=" + pair.second().path())
        .containsExactly("train/cat/3.png=test/dog/copy.png", "train/dog/3.png=test/dog/other.png");
    assertThat(dataset.normalization()).isEqualTo(facts.normalization());
    try (ShardedImages images = open(manifest, SplitName.TRAIN)) {
      assertNormalization(images, facts.normalization());
    }
    String at = "/internal/v1/datasets/leaking/prepared/" + dataset.id();
    given()
        .get(at + "/samples?split=test&class=dog&count=50")
        .then()
        .body("samples.size()", is(12))
        .body("samples.path", hasItems("test/dog/copy.png"));
    int id = (int) facts.duplicates().pairs().get(0).first().id();
    assertThat(picture(at + "/samples/" + id + ".png").width()).isEqualTo(20);
    Files.delete(directory.resolve("leaking/train/cat/3.png"));
    given()
        .get(at + "/samples/" + id + ".png")
        .then()
        .statusCode(409)
        .body("detail", containsString("train/cat/3.png"));
  }

  private static void assertNormalization(ShardedImages images, Normalization found) {
    for (int c = 0; c < images.channels(); c++) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < images.size(); i++) {
        byte[] pixels = pixels(images, i);
        for (int p = c; p < pixels.length; p += images.channels()) {
          values.add((pixels[p] & 0xff) / 255.0);
        }
      }
      double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
      double square =
          values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertThat(found.mean().get(c)).isCloseTo(mean, within(1e-12));
      assertThat(found.std().get(c)).isCloseTo(Math.sqrt(square), within(1e-12));
    }
  }

  @Test
  void outcomeThatWasDeletedIsPreparedAnew() throws Exception {
    ShardPreparation preparation = new ShardPreparation(8, 1, PROVIDED, null);
    PreparedDataset dataset = prepared(request("fashion-mnist-sample", preparation)).dataset();
    store.delete(Buckets.DATASETS, Buckets.preparedManifest(dataset.id()));
    store.delete(Buckets.DATASETS, manifest(dataset, SplitName.TEST));
    DatasetPrepared again = prepared(request("fashion-mnist-sample", preparation));
    assertThat(again.reused()).isFalse();
    assertThat(again.dataset()).isEqualTo(dataset);
    try (ShardedImages images = open(manifest(dataset), SplitName.TEST)) {
      assertThat(images.size()).isEqualTo(2_000);
    }
  }

  @Test
  void storeThatGoesAwayInTheMiddleOfAShardCostsNothing() throws Exception {
    CuttingRelay.cut(3);
    PreparedDataset dataset =
        prepared(request("fashion-mnist-sample", new ShardPreparation(26, 1, PROVIDED, null)))
            .dataset();
    assertThat(CuttingRelay.left()).isZero();
    long images = 0;
    for (SplitName split : SplitName.values()) {
      try (ShardedImages shard = open(manifest(dataset), split)) {
        images += shard.size();
      }
    }
    assertThat(images)
        .isEqualTo(dataset.counts().values().stream().mapToLong(Long::longValue).sum());
    try (Stream<Path> left = Files.list(workDirectory)) {
      assertThat(left.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  private static String manifest(PreparedDataset dataset, SplitName split) {
    return Buckets.shard(dataset.id(), split.label(), 0);
  }

  @Test
  void failuresSayWhyAndWhatToDo() throws Exception {
    DatasetFailed unknown = failed(request("no-such", new ShardPreparation(8, 1, PROVIDED, null)));
    assertThat(unknown.failure().code()).isEqualTo(FailureCode.DATASET_UNKNOWN);
    assertThat(unknown.failure().message())
        .contains("no-such", "fashion-mnist-sample", "POST /api/v1/datasets");

    register(
        """
        {"name": "missing", "source": {"type": "idx", "uri": "file:///nowhere/at/all"}}
        """,
        201);
    DatasetFailed missing = failed(request("missing", new ShardPreparation(8, 1, PROVIDED, null)));
    assertThat(missing.failure().code()).isEqualTo(FailureCode.SOURCE_UNREADABLE);
    assertThat(missing.failure().message()).contains("/nowhere/at/all");

    DatasetFailed empty =
        failed(
            request(
                "fashion-mnist-sample",
                new ShardPreparation(8, 1, new SplitSpec(true, null, 0.0, null, 42), null)));
    assertThat(empty.failure().code()).isEqualTo(FailureCode.PREPARATION_INVALID);
    assertThat(empty.failure().message()).contains("validation split");
  }

  @Test
  void sourceThatIsRepairedCanBePreparedAfterAFailure() throws Exception {
    Path source = Files.createDirectories(directory.resolve("repaired"));
    for (int i = 0; i < 20; i++) {
      TestImages.write(source.resolve("a/" + i + ".png"), 12 + i % 3, 10, i * 10);
      TestImages.write(source.resolve("b/" + i + ".png"), 9, 14, 255 - i * 10);
    }
    Path broken = source.resolve("b/broken.jpg");
    Files.write(broken, "no image".getBytes(StandardCharsets.UTF_8));
    register(
        """
        {"name": "repaired", "source": {"type": "image-folder", "uri": "%s"}}
        """
            .formatted(source.toUri()),
        201);
    SplitSpec split = new SplitSpec(false, 0.6, 0.2, 0.2, 1);
    DatasetFailed failure = failed(request("repaired", new ShardPreparation(6, 3, split, null)));
    assertThat(failure.failure().code()).isEqualTo(FailureCode.SOURCE_INVALID);
    assertThat(failure.failure().message()).contains("b/broken.jpg");

    Files.delete(broken);
    DatasetFailed sizes = failed(request("repaired", new ShardPreparation(null, 3, split, null)));
    assertThat(sizes.failure().code()).isEqualTo(FailureCode.PREPARATION_INVALID);
    assertThat(sizes.failure().message()).contains("a/0.png is 10 x 12", "preparation.resize");

    PreparedDataset dataset =
        prepared(request("repaired", new ShardPreparation(6, 3, split, null))).dataset();
    assertThat(dataset.classes()).containsExactly("a", "b");
    assertThat(dataset.counts())
        .containsEntry(SplitName.TRAIN, 24L)
        .containsEntry(SplitName.VALIDATION, 8L)
        .containsEntry(SplitName.TEST, 8L);
  }

  @Test
  void imagesThatCannotBeUsedAreLeftOutUpToAShare() throws Exception {
    Path source = Files.createDirectories(directory.resolve("rejects"));
    for (int i = 0; i < 20; i++) {
      TestImages.write(source.resolve("a/%02d.png".formatted(i)), 6, 6, i * 10);
      TestImages.write(source.resolve("b/%02d.png".formatted(i)), 6, 6, 255 - i * 10);
    }
    Files.write(source.resolve("a/07.png"), TestImages.damagedPng(6, 6));
    register(
        """
        {"name": "rejects", "source": {"type": "image-folder", "uri": "%s"}}
        """
            .formatted(source.toUri()),
        201);
    ShardPreparation preparation =
        new ShardPreparation(6, 3, new SplitSpec(false, 0.6, 0.2, 0.2, 1), null);
    DatasetFailed strict = failed(request("rejects", preparation));
    assertThat(strict.failure().code()).isEqualTo(FailureCode.SOURCE_INVALID);
    assertThat(strict.failure().message())
        .contains("1 of the 40 images", "a/07.png (", "maxRejectedShare of at least 0.025");

    UUID lenient = UUID.randomUUID();
    request(lenient, "rejects", preparation, 0.025);
    DatasetPrepared prepared = prepared(lenient);
    assertThat(prepared.reused()).isTrue();
    PreparedDataset dataset = prepared.dataset();
    assertThat(dataset.counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(39);
    PreparedManifest manifest = manifest(dataset);
    assertThat(manifest.rejected().total()).isEqualTo(1);
    assertThat(manifest.rejected().first().get(0).path()).isEqualTo("a/07.png");
    for (SplitName split : SplitName.values()) {
      try (ShardedImages images = open(manifest, split)) {
        assertThat((long) images.size()).isEqualTo(dataset.counts().get(split));
        for (int i = 0; i < images.size(); i++) {
          int id = (int) images.id(i);
          assertThat(id).isNotEqualTo(7);
          int grey = id < 20 ? id * 10 : 255 - (id - 20) * 10;
          assertThat(pixels(images, i)).containsOnly((byte) grey);
          assertThat(images.label(i)).isEqualTo(id / 20);
        }
      }
    }

    Files.write(source.resolve("b/03.png"), "no image".getBytes(StandardCharsets.UTF_8));
    UUID early = UUID.randomUUID();
    request(early, "rejects", preparation, 0.01);
    assertThat(failed(early).failure().message()).contains("1 of the 40 images", "b/03.png (");
    UUID both = UUID.randomUUID();
    request(both, "rejects", preparation, 0.05);
    assertThat(manifest(prepared(both).dataset()).rejected().first())
        .extracting(RejectedImage::path)
        .containsExactly("b/03.png", "a/07.png");

    Path worthless = Files.createDirectories(directory.resolve("worthless"));
    for (int i = 0; i < 6; i++) {
      Files.createDirectories(worthless.resolve(i % 2 == 0 ? "a" : "b"));
      Files.write(
          worthless.resolve((i % 2 == 0 ? "a/" : "b/") + i + ".png"), TestImages.damagedPng(6, 6));
    }
    register(
        """
        {"name": "worthless", "source": {"type": "image-folder", "uri": "%s"}}
        """
            .formatted(worthless.toUri()),
        201);
    UUID all = UUID.randomUUID();
    request(all, "worthless", preparation, 1);
    assertThat(failed(all).failure().message()).contains("No image of the train split");
  }

  @Test
  void badRegistrationsAreRefusedWithEveryViolation() {
    given()
        .contentType("application/json")
        .body(
            """
            {"name": "Bad Name", "source": {"type": "builtin", "uri": "ftp://x/y",
             "sha256": {"a": "12"}, "classes": ["one", "one"]}}
            """)
        .post("/internal/v1/datasets")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("status", is(400))
        .body(
            "violations.pointer",
            hasItems(
                "/name", "/source/type", "/source/uri", "/source/sha256/a", "/source/classes/1"));
    String first = "{\"name\": \"taken\", \"source\": {\"type\": \"idx\", \"uri\": \"file:///a\"}}";
    register(first, 201);
    register(first, 200);
    register(first.replace("file:///a", "file:///b"), 409);
    given().get("/internal/v1/datasets/none").then().statusCode(404).body("status", is(404));
    given()
        .get("/internal/v1/datasets")
        .then()
        .statusCode(200)
        .body("name", hasItems("fashion-mnist", "fashion-mnist-sample", "mnist"));
  }

  @Test
  void isReady() {
    given().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
  }
}
