package io.tencrop.evaluator.prediction;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.hamcrest.Matchers.containsString;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.contracts.api.PredictionsView.ClassProbability;
import io.tencrop.contracts.api.PredictionsView.Prediction;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.WeightsManifest;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointEvaluated;
import io.tencrop.contracts.event.EvaluationEvent.ReportComposed;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.Broker;
import io.tencrop.evaluator.PlainLogistic;
import io.tencrop.evaluator.TestServers;
import io.tencrop.evaluator.TinyData;
import io.tencrop.evaluator.bank.BankKey;
import io.tencrop.evaluator.bank.LogitStore;
import io.tencrop.evaluator.inference.Networks;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageDecoder;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.PngEncoder;
import io.tencrop.vision.evaluation.Predictions;
import io.tencrop.vision.network.NetworkSummary;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class PredictionsTest {
  private static final String PATH = "/internal/v1/predictions";
  private static final List<ViewSpec> VIEWS =
      List.of(ViewSpec.CENTER, ViewSpec.FLIP, ViewSpec.TEN_CROP, new ViewSpec("fiveCrop@14"));
  private static final InputSpec INPUT =
      new InputSpec(
          PlainLogistic.CROP,
          TrainCrop.RANDOM,
          new Normalization(List.of(PlainLogistic.MEAN), List.of(PlainLogistic.STD)));

  /** Float32 sums may be in another order in a batch of another size. */
  private static final double ROUNDING = 1e-6;

  @Inject ObjectStore store;
  @Inject MessageCodec codec;
  @Inject FileCache files;
  @Inject MeterRegistry meters;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private final UUID experiment = UUID.randomUUID();
  private Broker broker;

  @BeforeEach
  void connect() {
    broker = new Broker(bootstrapServers, codec);
  }

  @AfterEach
  void disconnect() {
    broker.close();
  }

  /** A checkpoint of a run over the data, with its manifest in the store. */
  private Member checkpoint(long seed, int outputs, String preparedId) throws Exception {
    String weights = new PlainLogistic(seed, outputs).write(store);
    RunSpec run =
        new RunSpec(
            "wide-s" + seed,
            "wide",
            new ArchitectureSpec("logistic", Map.of()),
            seed,
            TrainingSpec.defaults(),
            INPUT);
    UUID runId = UUID.nameUUIDFromBytes((preparedId + seed).getBytes(UTF_8));
    StoredFile file = new StoredFile(Buckets.weights(weights), weights, 4L * 65 * outputs);
    byte[] manifest =
        codec.encode(
            new CheckpointManifest(
                1, runId, run, preparedId, null, 10, 1, null, "PyTorch", null, file, null, null));
    String id = Digests.sha256(manifest);
    store.putIfAbsent(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), manifest);
    return new Member(
        runId, run, new CheckpointRef(id, 10, 1, weights), List.of(), null, List.of());
  }

  private void evaluate(Member member, TinyData data) {
    assertThat(
            broker.ask(
                experiment,
                new EvaluateCheckpoint(
                    experiment,
                    member.runId(),
                    member.run(),
                    data.prepared,
                    member.checkpoint(),
                    VIEWS)))
        .isInstanceOf(CheckpointEvaluated.class);
  }

  /** What the bank has of the checkpoint. */
  private Predictions banked(Member member, TinyData data, ViewSpec view, double temperature)
      throws Exception {
    BankKey key =
        BankKey.of(
            member.checkpoint().weightsSha256(), data.prepared.id(), INPUT, SplitName.TEST, view);
    return Predictions.of(
        new LogitStore(store, Long.MAX_VALUE).find(key).orElseThrow(), temperature);
  }

  private static Map<String, byte[]> pngs(List<TinyData.Image> images) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    images.forEach(image -> files.put(image.id() + ".png", PngEncoder.encode(image.pixels())));
    return files;
  }

  private PredictionsView predict(String query, Map<String, byte[]> images) throws Exception {
    RequestSpecification request = given();
    images.forEach((name, bytes) -> request.multiPart("image", name, bytes));
    byte[] body = request.post(PATH + "?" + query).then().statusCode(200).extract().asByteArray();
    return codec.decode(body, PredictionsView.class);
  }

  private static void refused(byte[] image, String query, int status, String detail) {
    given()
        .contentType("application/octet-stream")
        .body(image)
        .post(PATH + "?" + query)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("detail", containsString(detail));
  }

  private static double[] byLabel(Prediction prediction, int classes) {
    assertThat(prediction.probabilities()).hasSize(classes);
    double[] probabilities = new double[classes];
    for (ClassProbability one : prediction.probabilities()) {
      assertThat(one.className()).isEqualTo(List.of("a", "b", "c").get(one.label()));
      probabilities[one.label()] = one.probability();
    }
    return probabilities;
  }

  private static void requireEqual(PredictionsView view, Predictions banked) {
    assertThat(view.predictions()).hasSize(banked.images());
    for (int i = 0; i < banked.images(); i++) {
      double[] probabilities = byLabel(view.predictions().get(i), banked.classes());
      for (int c = 0; c < banked.classes(); c++) {
        assertThat(probabilities[c]).isEqualTo(banked.probability(i, c), offset(ROUNDING));
      }
    }
  }

  @Test
  void aTestImagesFileGivesTheProbabilitiesOfTheBank() throws Exception {
    TinyData data = new TinyData(store, codec, "predicted", 40, 30);
    Member member = checkpoint(31, TinyData.CLASSES, "predicted");
    evaluate(member, data);
    List<TinyData.Image> images = data.images.get(SplitName.TEST);
    for (ViewSpec view : VIEWS) {
      PredictionsView answer =
          predict(
              "checkpoint=%s&view=%s&top=all".formatted(member.checkpoint().id(), view.label()),
              pngs(images));
      requireEqual(answer, banked(member, data, view, 1));
      assertThat(answer.view()).isEqualTo(view);
      assertThat(answer.members())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.checkpoint()).isEqualTo(member.checkpoint());
                assertThat(one.name()).isEqualTo("wide-s31");
                assertThat(one.weight()).isEqualTo(1);
                assertThat(one.temperature()).isNull();
                assertThat(one.warm()).isEqualTo(!view.equals(ViewSpec.CENTER));
              });
      assertThat(answer.latencyMs().total()).isGreaterThan(answer.latencyMs().network());
    }
    assertThat(
            meters
                .get("cache.gets")
                .tag("cache", "tencrop.evaluator.networks")
                .tag("result", "hit")
                .functionCounter()
                .count())
        .isGreaterThanOrEqualTo(2);

    PredictionsView calibrated =
        predict(
            "checkpoint=%s&view=flip&top=all&calibrated=true".formatted(member.checkpoint().id()),
            pngs(images));
    Double temperature = calibrated.members().get(0).temperature();
    assertThat(temperature).isNotNull().isNotEqualTo(1.0);
    requireEqual(calibrated, banked(member, data, ViewSpec.FLIP, temperature));
  }

  @Test
  void aPhotographIsPreparedAsThoseOfTheDataSetWere() throws Exception {
    ShardPreparation exact =
        new ShardPreparation(ResizeSpec.shorterSide(16), 12, 1, TinyData.SPLIT, null);
    predictPhotographs("photographs", 32, exact, 1);
    if (ImageDecoder.canReduce()) {
      ShardPreparation fast =
          new ShardPreparation(ResizeSpec.shorterSide(16), 12, 1, TinyData.SPLIT, null, true);
      predictPhotographs("reduced", 33, fast, 2);
    }
  }

  /**
   * @param reduction that decoding may be done with
   */
  private void predictPhotographs(String id, long seed, ShardPreparation preparation, int reduction)
      throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<TinyData.Image> stored = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      byte[] file = jpeg(33 + 3 * i, 63 - 2 * i);
      files.put(i + ".jpg", file);
      Bitmap grey = ImageDecoder.decode(file, reduction).withChannels(1);
      int height = preparation.resize().heightOf(grey.height(), grey.width());
      int width = preparation.resize().widthOf(grey.height(), grey.width());
      assertThat(Math.min(height, width)).isEqualTo(16);
      stored.add(
          new TinyData.Image(
              grey.framed(new ImageSize(height, width), new ImageSize(12, 12)), i % 3, i));
    }
    TinyData data =
        new TinyData(
            store,
            codec,
            id,
            Map.of(SplitName.VALIDATION, stored, SplitName.TEST, stored),
            preparation);
    Member member = checkpoint(seed, TinyData.CLASSES, id);
    evaluate(member, data);
    PredictionsView answer =
        predict("checkpoint=%s&view=tenCrop&top=all".formatted(member.checkpoint().id()), files);
    requireEqual(answer, banked(member, data, ViewSpec.TEN_CROP, 1));
    assertThat(answer.predictions())
        .extracting(Prediction::image)
        .containsExactlyElementsOf(files.keySet());
    assertThat(answer.predictions().get(1).width()).isEqualTo(61);
  }

  private static byte[] jpeg(int height, int width) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0x010000 * (x * 5 % 256) + 0x0100 * (y * 7 % 256) + (x * y % 256));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "jpg", out)).isTrue();
    return out.toByteArray();
  }

  @Test
  void everyFusionAnswersAsInTheReport() throws Exception {
    TinyData data = new TinyData(store, codec, "ensembles", 40, 60);
    List<Member> members = new ArrayList<>();
    for (int seed = 41; seed <= 44; seed++) {
      members.add(checkpoint(seed, TinyData.CLASSES, "ensembles"));
      evaluate(members.get(members.size() - 1), data);
    }
    EvaluationSpec plan =
        codec.decode(
            """
            {"views": ["center", "tenCrop"], "ensembles": [
              {"name": "mean"},
              {"name": "weighted", "members": ["wide-s41", "wide-s43"], "fusion": "weighted", "weights": [3, 1]},
              {"name": "fitted", "fusion": "fitted"},
              {"name": "logits", "fusion": "meanOfLogits"},
              {"name": "vote", "fusion": "vote"},
              {"name": "greedy", "select": "greedy", "size": 5}]}
            """
                .getBytes(UTF_8),
            EvaluationSpec.class);
    String query = "experiment=%s&ensemble=mean".formatted(experiment);
    byte[] image = PngEncoder.encode(data.images.get(SplitName.TEST).get(0).pixels());
    refused(image, query, 409, "no report yet");
    assertThat(
            broker.ask(
                experiment,
                new ComposeReport(experiment, "e", "noise", data.prepared, plan, members)))
        .isInstanceOf(ReportComposed.class);
    ExperimentResults report =
        codec.decode(
            given().get("/internal/v1/experiments/" + experiment + "/results").asByteArray(),
            ExperimentResults.class);

    List<Ensemble> ensembles =
        report.ensembles().stream().filter(one -> one.split() == SplitName.TEST).toList();
    assertThat(ensembles).hasSize(12);
    for (Ensemble ensemble : ensembles) {
      PredictionsView answer =
          predict(
              "experiment=%s&ensemble=%s&view=%s&top=all"
                  .formatted(experiment, ensemble.name(), ensemble.view().label()),
              pngs(data.images.get(SplitName.TEST)));
      assertThat(answer.fusion()).isEqualTo(ensemble.fusion());
      assertThat(answer.members())
          .extracting(PredictionsView.Member::name)
          .containsExactlyElementsOf(ensemble.members().stream().distinct().toList());
      assertThat(answer.members().stream().mapToDouble(PredictionsView.Member::weight).sum())
          .isEqualTo(1, offset(1e-12));
      requireMeasures(answer, data.images.get(SplitName.TEST), ensemble);
    }
    refused(image, query + "&view=flip", 400, "it was in: center, tenCrop");
    refused(image, query.replace("mean", "nobody"), 404, "it has: mean, weighted");
  }

  /** Accuracy and loss over all images are those of the report. */
  private static void requireMeasures(
      PredictionsView answer, List<TinyData.Image> images, Ensemble ensemble) {
    int right = 0;
    double loss = 0;
    for (int i = 0; i < images.size(); i++) {
      Prediction prediction = answer.predictions().get(i);
      int label = images.get(i).label();
      right += prediction.probabilities().get(0).label() == label ? 1 : 0;
      assertThat(prediction.probabilities().get(0).className()).isEqualTo(prediction.predicted());
      loss -= Math.log(byLabel(prediction, TinyData.CLASSES)[label]) / images.size();
    }
    assertThat((double) right / images.size())
        .as(ensemble.name())
        .isEqualTo(ensemble.measures().accuracy(), offset(1e-12));
    assertThat(loss).as(ensemble.name()).isEqualTo(ensemble.measures().loss(), offset(1e-5));
  }

  @Test
  void oneLogitGivesTwoClassesAndTopFewer() throws Exception {
    new TinyData(store, codec, "top", 10, 10);
    Member member = checkpoint(51, TinyData.CLASSES, "top");
    byte[] grey = PngEncoder.encode(pattern(12, 12, 1));
    PredictionsView two =
        predict("checkpoint=%s&top=2".formatted(member.checkpoint().id()), Map.of("x.png", grey));
    List<ClassProbability> probabilities = two.predictions().get(0).probabilities();
    assertThat(probabilities).hasSize(2);
    assertThat(probabilities.get(0).probability())
        .isGreaterThanOrEqualTo(probabilities.get(1).probability());
    Member binary = checkpoint(52, 2, "top");
    refused(grey, "checkpoint=" + binary.checkpoint().id(), 409, "fc.weight");
  }

  @Test
  void anImageOfOtherChannelsBecomesGrey() throws Exception {
    new TinyData(store, codec, "channels", 10, 10);
    String query =
        "checkpoint=%s&top=all"
            .formatted(checkpoint(53, TinyData.CLASSES, "channels").checkpoint().id());
    Bitmap colour = pattern(12, 12, 3);
    PredictionsView answers =
        predict(
            query,
            Map.of(
                "colour.png", PngEncoder.encode(colour),
                "grey.png", PngEncoder.encode(colour.withChannels(1))));
    assertThat(byLabel(answers.predictions().get(0), 3))
        .containsExactly(byLabel(answers.predictions().get(1), 3), offset(ROUNDING));
  }

  private static Bitmap pattern(int height, int width, int channels) {
    byte[] data = new byte[height * width * channels];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * i * 7 + i);
    }
    return new Bitmap(height, width, channels, data);
  }

  @Test
  void whatCannotBeAnsweredIsExplained() throws Exception {
    new TinyData(store, codec, "refusals", 10, 10);
    new TinyData(
        store,
        codec,
        "unresized",
        Map.of(SplitName.TEST, List.of(new TinyData.Image(pattern(12, 12, 1), 0, 0))),
        new ShardPreparation((Integer) null, 1, TinyData.SPLIT, null));
    Member member = checkpoint(61, TinyData.CLASSES, "refusals");
    String query = "checkpoint=" + member.checkpoint().id();
    byte[] good = PngEncoder.encode(pattern(12, 12, 1));
    String nobody = "0".repeat(64);

    refused(good, "checkpoint=" + nobody, 404, nobody);
    refused(good, "checkpoint=last", 404, "64 hexadecimal digits");
    refused(good, "experiment=%s&ensemble=x".formatted(UUID.randomUUID()), 404, "experiment");
    refused(good, "experiment=x&ensemble=x", 404, "experiment x");
    refused(good, "ensemble=x", 400, "Say who is asked");
    refused(good, query + "&view=sideways", 400, "sideways");
    refused(good, query + "&top=0", 400, "'top'");
    refused(good, query + "&calibrated=maybe", 400, "true or false");
    refused(good, query + "&views=center", 400, "no parameter 'views'");
    refused(good, query + "&" + query, 400, "more than once");
    refused(new byte[0], query, 400, "There is no image");
    refused("<html>no image</html>".getBytes(UTF_8), query, 422, "not a JPEG");
    refused(Arrays.copyOf(good, good.length / 2), query, 422, "image: ");
    byte[] bomb = good.clone();
    bomb[16] = 1;
    bomb[20] = 1;
    refused(bomb, query, 422, "too large");
    byte[] wide = good.clone();
    for (int side : new int[] {18, 22}) {
      wide[side] = 6000 >> 8;
      wide[side + 1] = 6000 & 0xff;
    }
    refused(wide, query, 422, "max-pixels");
    String unresized = checkpoint(62, TinyData.CLASSES, "unresized").checkpoint().id();
    refused(
        PngEncoder.encode(pattern(20, 14, 1)), "checkpoint=" + unresized, 422, "without resize");
    refused(good, "checkpoint=" + checkpoint(63, 3, "gone").checkpoint().id(), 409, "gone");
    given()
        .multiPart("image", "a.png", good)
        .multiPart("image", "b.png", "text".getBytes(UTF_8))
        .post(PATH + "?" + query)
        .then()
        .statusCode(422)
        .body("detail", containsString("b.png: not a JPEG"));

    byte[] uploaded =
        codec.encode(
            WeightsManifest.uploaded(
                1, new StoredFile("weights/x", member.checkpoint().weightsSha256(), 1)));
    String id = Digests.sha256(uploaded);
    store.putIfAbsent(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), uploaded);
    refused(good, "checkpoint=" + id, 409, "were uploaded");
  }

  /** Answers nothing; tells when it is open. */
  private static final class Counted implements Networks.Answering {
    private int closed;

    @Override
    public float[] logits(ImageSet images, int from, int to, List<Crop> crops) {
      throw new UnsupportedOperationException();
    }

    @Override
    public NetworkSummary summary(int batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @Test
  void networksLeaveMemoryWhenThereAreTooManyButNotInUse() throws Exception {
    new TinyData(store, codec, "warm", 10, 10);
    List<String> ids = new ArrayList<>();
    for (int seed = 71; seed <= 73; seed++) {
      ids.add(checkpoint(seed, TinyData.CLASSES, "warm").checkpoint().id());
    }
    List<Counted> opened = new ArrayList<>();
    Networks networks =
        (run, dataset, weights) -> {
          opened.add(new Counted());
          return opened.get(opened.size() - 1);
        };
    long each = 4L * 65 * TinyData.CLASSES;
    WarmNetworks warm = warm(networks, 2 * each);
    warm.acquire(ids.get(0)).close();
    try (WarmNetworks.Lease lease = warm.acquire(ids.get(0))) {
      assertThat(lease.warm()).isTrue();
      assertThat(opened).hasSize(1);
      warm.acquire(ids.get(1)).close();
      warm.acquire(ids.get(2)).close();
      warm.acquire(ids.get(1)).close();
      assertThat(warm.size()).isLessThanOrEqualTo(2);
      assertThat(opened.get(0).closed).isZero();
      warm.close();
      assertThat(opened.get(0).closed).as("in use").isZero();
    }
    assertThat(opened).allSatisfy(one -> assertThat(one.closed).isEqualTo(1));

    opened.clear();
    WarmNetworks narrow = warm(networks, each - 1);
    try (WarmNetworks.Lease lease = narrow.acquire(ids.get(0))) {
      assertThat(lease.warm()).isFalse();
      assertThat(opened.get(0).closed).as("in use, though it is larger than the bound").isZero();
    }
    assertThat(opened.get(0).closed).isEqualTo(1);
  }

  private WarmNetworks warm(Networks networks, long maxBytes) {
    return new WarmNetworks(
        new TrainedModels(store, codec),
        store,
        files,
        networks,
        maxBytes,
        Duration.ofMinutes(5),
        new SimpleMeterRegistry());
  }
}
