package io.tencrop.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.ComparisonView;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.contracts.api.PreparedView;
import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.SamplesView;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.standalone.client.ExperimentEvents;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.client.GatewayException;
import io.tencrop.standalone.platform.DataDirectory;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.platform.Platform;
import io.tencrop.standalone.platform.PlatformOptions;
import io.tencrop.standalone.platform.PlatformState.ChildState;
import io.tencrop.vision.evaluation.LogitBankFile;
import io.tencrop.vision.evaluation.Predictions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The packaged services over the real servers, as {@code ./tencrop up} starts them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class EndToEndIT {
  private static final String SPEC =
      """
      name: end-to-end
      dataset: fashion-mnist-sample
      preparation:
        resize: 36
        crop: 32
        channels: 1
        split: {provided: true, validation: 0.1, seed: 42}
        normalize: computed
      runs:
        - architecture: lenet5
          seeds: [1, 2]
          optimizer: {type: adam, learningRate: 0.001}
          batchSize: 64
          epochs: 3
      evaluation:
        views: [center, flip, tenCrop]
        swa: {lastEpochs: 2}
        ensembles:
          - {name: both, members: all, fusion: mean}
          - {name: averages, members: lenet5, checkpoints: swa}
          - {name: picked, select: greedy, size: 3}
      """;

  private static final QuietListener LISTENER = new QuietListener();
  private static Platform platform;
  private static Gateway gateway;
  private static ExperimentView undisturbed;

  @BeforeAll
  static void start() throws Exception {
    Installation installation = Installation.current();
    Path data = installation.root().resolve("standalone/target/end-to-end");
    FileUtils.deleteDirectory(data.toFile());
    platform =
        Platform.prepare(
            installation,
            DataDirectory.of(data),
            new PlatformOptions(0, 2, Map.of("TENCROP_TRAINER_SEGMENT_TARGET", "PT0.7S")),
            LISTENER);
    platform.start();
    gateway = new Gateway(platform.state().gateway(), null);
  }

  @AfterAll
  static void stop() {
    if (platform != null) {
      platform.close();
    }
  }

  private static ExperimentView create(String spec) throws Exception {
    return gateway.create(spec.getBytes(UTF_8), "application/yaml", null);
  }

  private static ExperimentView follow(UUID id, RecordedExperiment recorded) throws Exception {
    return new ExperimentEvents(gateway).follow(id, recorded);
  }

  private static Map<String, String> finalWeights(ExperimentView ended) {
    return ended.runs().stream()
        .collect(Collectors.toMap(run -> run.spec().name(), run -> run.head().weightsSha256()));
  }

  /** The weights of the runs' averages. */
  private static Map<String, String> averages(ExperimentView ended) throws Exception {
    return gateway.results(ended.id()).models().stream()
        .filter(model -> model.checkpoint().averagedEpochs() != null)
        .collect(
            Collectors.toMap(
                ExperimentResults.Model::name,
                model -> model.checkpoint().weightsSha256(),
                (one, same) -> one));
  }

  @Test
  @Order(1)
  void experimentGoesFromImagesToReport() throws Exception {
    RecordedExperiment recorded = new RecordedExperiment();
    undisturbed = follow(create(SPEC).id(), recorded);

    assertThat(undisturbed.state()).as(undisturbed.reason()).isEqualTo(State.COMPLETED);
    assertThat(recorded.states).endsWith(State.RUNNING, State.EVALUATING, State.COMPLETED);
    assertThat(recorded.trainers).as("both share the runs").hasSize(2);
    assertThat(undisturbed.runs()).allMatch(run -> run.segments() > 1, "several segments");
    assertThat(undisturbed.runs()).allMatch(run -> run.step() == 3 * 169);

    ExperimentResults report = gateway.results(undisturbed.id());
    assertThat(report.complete()).isTrue();
    assertThat(report.notes()).isEmpty();
    for (ViewSpec view : List.of(ViewSpec.CENTER, ViewSpec.FLIP, ViewSpec.TEN_CROP)) {
      assertThat(report.models())
          .filteredOn(model -> model.split() == SplitName.TEST && model.view().equals(view))
          .hasSize(4)
          .allMatch(model -> model.measures().images() == 2000)
          .allMatch(model -> model.measures().accuracy() > 0.6);
      assertThat(report.groups())
          .filteredOn(group -> group.split() == SplitName.TEST && group.view().equals(view))
          .extracting(ExperimentResults.Group::group)
          .containsExactly("lenet5", "lenet5 swa");
      assertThat(report.ensembles())
          .filteredOn(e -> e.split() == SplitName.TEST && e.view().equals(view))
          .extracting(ExperimentResults.Ensemble::name)
          .containsExactlyInAnyOrder("both", "averages", "picked");
    }
    assertThat(averages(undisturbed)).containsOnlyKeys("lenet5-s1 swa", "lenet5-s2 swa");
    checkDecision(report);
  }

  /** The report says what to enter and what to ship, also as a table and as a page. */
  private static void checkDecision(ExperimentResults report) throws Exception {
    BudgetView budget = gateway.budget(report.experimentId(), Map.of());
    assertThat(budget.entries())
        .hasSameSizeAs(report.ranking())
        .allMatch(entry -> entry.cost().latency().p50Ms() > 0);
    BudgetView.Entry shipped = budget.entries().get(budget.ship().entry());
    double half = shipped.cost().latency().p50Ms() / 2;
    assertThat(
            gateway
                .budget(report.experimentId(), Map.of("latencyMs", Double.toString(half)))
                .entries())
        .filteredOn(BudgetView.Entry::within)
        .doesNotContain(shipped);
    assertThat(new String(gateway.report(report.experimentId(), "html"), UTF_8))
        .contains("<svg ")
        .contains("Enter ")
        .contains("validation accuracy over epochs");
    assertThat(new String(gateway.report(report.experimentId(), "csv"), UTF_8).lines())
        .hasSize(1 + report.models().size() + report.groups().size() + report.ensembles().size());
  }

  @Test
  @Order(3)
  void killedTrainerCostsNothingButTime() throws Exception {
    ExperimentView created = create(SPEC);
    RunView run =
        await(
            created.id(),
            now -> now.state() == State.RUNNING && now.segments() >= 1 && now.trainer() != null);
    ChildState trainer =
        platform.state().children().stream()
            .filter(child -> child.name().equals(run.trainer()))
            .findFirst()
            .orElseThrow();
    ProcessHandle.of(trainer.process().pid()).orElseThrow().destroyForcibly();

    RecordedExperiment recorded = new RecordedExperiment();
    ExperimentView ended = follow(created.id(), recorded);

    assertThat(ended.state()).as(ended.reason()).isEqualTo(State.COMPLETED);
    assertThat(LISTENER.restarted).containsExactly(trainer.name());
    assertThat(finalWeights(ended)).isEqualTo(finalWeights(undisturbed));
    assertThat(averages(ended)).isEqualTo(averages(undisturbed));
    assertThat(recorded.prepared).as("the data was prepared before").isEmpty();
    assertThat(ended.prepared()).isEqualTo(undisturbed.prepared());
    assertThat(gateway.datasets())
        .filteredOn(dataset -> dataset.name().equals("fashion-mnist-sample"))
        .singleElement()
        .satisfies(dataset -> assertThat(dataset.prepared()).hasSize(1));
    checkFacts(ended);
    checkComparison(ended);
  }

  /** The same experiment again: where names are the same there is no difference. */
  private static void checkComparison(ExperimentView ended) throws Exception {
    ComparisonView compared = gateway.compare(List.of(undisturbed.id(), ended.id()));
    assertThat(compared.notes())
        .hasSize(2)
        .allSatisfy(note -> assertThat(note).contains("15 entries", "6 are left out"));
    int[] same = {0};
    assertThat(compared.pairs())
        .allSatisfy(
            pair -> {
              ComparisonView.Entry first = compared.entries().get(pair.first());
              ComparisonView.Entry second = compared.entries().get(pair.second());
              if (first.name().equals(second.name()) && first.view().equals(second.view())) {
                assertThat(pair.onlyFirst() + pair.onlySecond()).isZero();
                same[0]++;
              }
            });
    assertThat(same[0]).isEqualTo(compared.entries().size() / 2).isPositive();
  }

  /** What preparing found out is shown, and is what the runs normalized by. */
  private static void checkFacts(ExperimentView ended) throws Exception {
    PreparedView view = gateway.prepared("fashion-mnist-sample", ended.prepared().id());
    assertThat(view.facts().classCounts().get(SplitName.TEST)).hasSize(10).containsOnly(200L);
    assertThat(view.facts().duplicates().pairs()).isEmpty();
    Normalization normalization = view.facts().normalization();
    assertThat(normalization.mean().get(0)).isBetween(0.27, 0.30);
    assertThat(normalization.std().get(0)).isBetween(0.33, 0.37);
    assertThat(ended.runs())
        .hasSize(2)
        .allSatisfy(run -> assertThat(run.spec().input().normalize()).isEqualTo(normalization));
  }

  /** What was trained and evaluated answers the same for a file of the source that is sent. */
  @Test
  @Order(2)
  void aTestImagesFileIsPredictedAsTheReportHasIt() throws Exception {
    String prepared =
        "/api/v1/datasets/fashion-mnist-sample/prepared/" + undisturbed.prepared().id();
    SamplesView samples =
        new MessageCodec().decode(get(prepared + "/samples?split=test&count=3"), SamplesView.class);
    assertThat(samples.samples()).hasSize(30);
    CheckpointRef checkpoint = undisturbed.runs().get(0).head();
    Predictions banked = banked(checkpoint.weightsSha256() + "/test-tenCrop.safetensors");
    Path file = Files.createTempFile(Path.of("target"), "image", ".png");
    for (SamplesView.Sample sample : samples.samples()) {
      Files.write(file, get("%s/samples/%d.png".formatted(prepared, sample.id())));
      PredictionsView answer =
          gateway.predict(
              file, Map.of("checkpoint", checkpoint.id(), "view", "tenCrop", "top", "all"));
      int place = place(banked, sample.id());
      assertThat(answer.predictions().get(0).probabilities())
          .hasSize(10)
          .allSatisfy(
              one ->
                  assertThat(one.probability())
                      .isEqualTo(banked.probability(place, one.label()), offset(1e-5)));
    }
    PredictionsView both =
        gateway.predict(
            file, Map.of("experiment", undisturbed.id().toString(), "ensemble", "both"));
    assertThat(both.members()).hasSize(2).allMatch(member -> member.weight() == 0.5);
    assertThat(both.predictions().get(0).probabilities()).hasSize(5);
    assertThatThrownBy(
            () ->
                gateway.predict(
                    Path.of("pom.xml"), Map.of("run", undisturbed.runs().get(1).id().toString())))
        .isInstanceOfSatisfying(
            GatewayException.class,
            refused -> assertThat(refused.problem().detail()).startsWith("pom.xml: not a JPEG"));
  }

  private static byte[] get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(gateway.address().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  private static Predictions banked(String name) throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("target/end-to-end"))) {
      Path file = files.filter(path -> path.toString().endsWith(name)).findFirst().orElseThrow();
      return Predictions.of(LogitBankFile.read(file));
    }
  }

  private static int place(Predictions predictions, long id) {
    return IntStream.range(0, predictions.images())
        .filter(i -> predictions.id(i) == id)
        .findFirst()
        .orElseThrow();
  }

  /** A run of the experiment that this holds for, as soon as there is one. */
  private static RunView await(UUID experiment, Predicate<RunView> condition) throws Exception {
    Instant limit = Instant.now().plus(Duration.ofSeconds(120));
    while (Instant.now().isBefore(limit)) {
      var found = gateway.experiment(experiment).runs().stream().filter(condition).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no run came so far: " + gateway.experiment(experiment));
  }

  @Test
  @Order(4)
  void sameKeyCreatesNothingTwice() throws Exception {
    String spec = SPEC.replace("seeds: [1, 2]", "seeds: [3]");
    String key = UUID.randomUUID().toString();
    ExperimentView first = gateway.create(spec.getBytes(UTF_8), "application/yaml", key);
    int before = gateway.experiments(null, null).size();
    ExperimentView second = gateway.create(spec.getBytes(UTF_8), "application/yaml", key);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(gateway.experiments(null, null)).hasSize(before);

    assertThat(gateway.cancel(first.id()).state()).isEqualTo(State.CANCELLED);
    assertThat(follow(first.id(), new RecordedExperiment()).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  @Order(5)
  void wrongSpecIsRefusedWithEveryViolation() {
    String wrong =
        """
        name: wrong
        dataset: fashion-mnist-sample
        colour: blue
        preparation:
          split: {train: 0.8, validation: 0.3, test: 0.1}
        runs:
          - architecture: lenet6
            epochs: -1
        """;
    assertThatThrownBy(() -> create(wrong))
        .isInstanceOfSatisfying(
            GatewayException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(400);
              assertThat(refused.problem().violations())
                  .extracting(Violation::pointer)
                  .contains(
                      "/colour", "/preparation/split", "/runs/0/architecture", "/runs/0/epochs");
            });
    assertThatThrownBy(() -> create("name: [unfinished"))
        .isInstanceOfSatisfying(
            GatewayException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(400));
  }

  @Test
  @Order(6)
  void experimentWithoutDataFailsWithAReason() throws Exception {
    ExperimentView created = create(SPEC.replace("fashion-mnist-sample", "data-that-nobody-has"));
    ExperimentView ended = follow(created.id(), new RecordedExperiment());
    assertThat(ended.state()).isEqualTo(State.FAILED);
    assertThat(ended.failure()).isNotNull();
    assertThat(ended.failure().code()).isEqualTo(FailureCode.DATASET_UNKNOWN);
    assertThat(ended.reason()).contains("data-that-nobody-has");
  }
}
