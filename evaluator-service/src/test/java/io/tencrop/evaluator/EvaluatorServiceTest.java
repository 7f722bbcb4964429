package io.tencrop.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.api.ComparisonView;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.api.RunDiagnosis;
import io.tencrop.contracts.api.WrongImage;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointEvaluated;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointsAveraged;
import io.tencrop.contracts.event.EvaluationEvent.EvaluationFailed;
import io.tencrop.contracts.event.EvaluationEvent.ReportComposed;
import io.tencrop.contracts.event.EvaluationRequest.AverageCheckpoints;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.KeepLogits;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.bank.BankKey;
import io.tencrop.evaluator.bank.LogitStore;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.evaluation.LogitBank;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class EvaluatorServiceTest {
  private static final List<ViewSpec> BOTH = List.of(ViewSpec.CENTER, ViewSpec.TEN_CROP);
  private static final InputSpec INPUT = input(PlainLogistic.CROP);

  @Inject ObjectStore store;
  @Inject MessageCodec codec;
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

  private static InputSpec input(Integer crop) {
    return new InputSpec(
        crop,
        TrainCrop.RANDOM,
        new Normalization(List.of(PlainLogistic.MEAN), List.of(PlainLogistic.STD)));
  }

  private static RunSpec run(String group, long seed, String architecture, InputSpec input) {
    return new RunSpec(
        group + "-s" + seed,
        group,
        new ArchitectureSpec(architecture, java.util.Map.of()),
        seed,
        TrainingSpec.defaults(),
        input);
  }

  private static Member member(String group, long seed, String weights) {
    return new Member(
        UUID.nameUUIDFromBytes((group + seed + weights).getBytes(StandardCharsets.UTF_8)),
        run(group, seed, "logistic", INPUT),
        checkpoint(weights),
        List.of(),
        null,
        List.of());
  }

  private static CheckpointRef checkpoint(String weights) {
    String id = Digests.sha256(("manifest of " + weights).getBytes(StandardCharsets.UTF_8));
    return new CheckpointRef(id, 10, 1, weights);
  }

  private EvaluateCheckpoint evaluate(Member member, PreparedDataset data, List<ViewSpec> views) {
    return new EvaluateCheckpoint(
        experiment, member.runId(), member.run(), data, member.checkpoint(), views);
  }

  private EvaluationEvent ask(Object request) {
    return broker.ask(experiment, request);
  }

  private EvaluationFailed failure(Object request) {
    EvaluationEvent event = ask(request);
    assertThat(event).isInstanceOf(EvaluationFailed.class);
    return (EvaluationFailed) event;
  }

  private ExperimentResults results() throws Exception {
    byte[] body =
        RestAssured.get("/internal/v1/experiments/" + experiment + "/results")
            .then()
            .statusCode(200)
            .contentType("application/json")
            .extract()
            .asByteArray();
    return codec.decode(body, ExperimentResults.class);
  }

  private double cropsAsked() {
    return meters.counter("tencrop.evaluator.crops").count();
  }

  @Test
  void averagesOfARunsLastEpochsAreCheckpointsOfTheirOwn() throws Exception {
    TinyData data = TinyData.withTraining(store, codec, "tiny-averaged", 50);
    RunSpec run = run("net", 1, "resnet18", INPUT);
    UUID runId = UUID.randomUUID();
    EpochWeights first = new EpochWeights(store, codec, run, runId, data.prepared, 1);
    EpochWeights second = new EpochWeights(store, codec, run, runId, data.prepared, 2);
    AverageCheckpoints request =
        new AverageCheckpoints(
            experiment, runId, run, data.prepared, List.of(first.checkpoint, second.checkpoint));
    CheckpointsAveraged done = (CheckpointsAveraged) ask(request);
    assertThat(ask(request)).isEqualTo(done);
    CheckpointRef average = done.average();
    assertThat(average.step()).isEqualTo(2);
    assertThat(average.epoch()).isEqualTo(2);
    assertThat(average.averagedEpochs()).isEqualTo(2);
    CheckpointManifest manifest =
        codec.decode(
            store.get(Buckets.CHECKPOINTS, Buckets.checkpointManifest(average.id()), average.id()),
            CheckpointManifest.class);
    assertThat(manifest.averaged()).containsExactly(first.checkpoint.id(), second.checkpoint.id());
    assertThat(manifest.optimizerState()).isNull();
    assertThat(manifest.weights().sha256()).isEqualTo(average.weightsSha256());
    assertThat(manifest.engines()).startsWith("another engine").hasSize(2);

    Map<String, float[]> weights = EpochWeights.read(store, average);
    for (String name : List.of("conv1.weight", "bn1.weight", "layer4.1.conv2.weight", "fc.bias")) {
      float[] one = first.values.get(name);
      float[] other = second.values.get(name);
      float[] mean = weights.get(name);
      assertThat(mean).hasSameSizeAs(one);
      for (int i = 0; i < mean.length; i += 97) {
        assertThat(mean[i]).isEqualTo((float) (((double) one[i] + other[i]) / 2));
      }
    }
    assertThat(first.values.get("bn1.running_var")).containsOnly(1);
    assertThat(weights.get("bn1.running_var")).doesNotContain(1);
    assertThat(first.values.get("layer4.1.bn2.running_mean")).containsOnly(0);
    assertThat(weights.get("layer4.1.bn2.running_mean")).doesNotContain(0);

    assertThat(
            ask(
                new EvaluateCheckpoint(
                    experiment, runId, run, data.prepared, average, List.of(ViewSpec.CENTER))))
        .isEqualTo(new CheckpointEvaluated(experiment, runId, average.id()));
    assertThat(results().models())
        .hasSize(2)
        .allSatisfy(
            model -> {
              assertThat(model.name()).isEqualTo("net-s1 swa");
              assertThat(model.checkpoint()).isEqualTo(average);
              assertThat(model.representative()).isFalse();
            });

    AverageCheckpoints lost =
        new AverageCheckpoints(
            experiment,
            runId,
            run,
            data.prepared,
            List.of(checkpoint("f".repeat(64)), second.checkpoint));
    EvaluationFailed failed = failure(lost);
    assertThat(failed.runId()).isEqualTo(runId);
    assertThat(failed.failure().code()).isEqualTo(FailureCode.OBJECT_CORRUPT);
  }

  @Test
  void experimentFromCheckpointsToReport() throws Exception {
    TinyData data = new TinyData(store, codec, "tiny-full", 70, 110);
    List<PlainLogistic> networks = new ArrayList<>();
    List<Member> members = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) {
      networks.add(new PlainLogistic(seed, TinyData.CLASSES));
      String weights = networks.get(seed - 1).write(store);
      members.add(member(seed < 4 ? "wide" : "narrow", seed, weights));
    }
    double before = cropsAsked();
    for (Member member : members) {
      assertThat(ask(evaluate(member, data.prepared, BOTH)))
          .isEqualTo(new CheckpointEvaluated(experiment, member.runId(), member.checkpoint().id()));
    }
    // One pass over the ten crops serves both views.
    assertThat(cropsAsked() - before).isEqualTo(4 * 180 * 10);

    ExperimentResults partial = results();
    assertThat(partial.complete()).isFalse();
    assertThat(partial.dataset()).isEqualTo(data.prepared);
    assertThat(partial.models()).hasSize(4 * 2 * 2).allMatch(Model::representative);
    for (Model model : partial.models()) {
      int index = Math.toIntExact(model.seed() - 1);
      List<TinyData.Image> images = data.images.get(model.split());
      requireEqual(
          model.measures(), images, networks.get(index).probabilities(images, model.view()));
    }

    List<EnsembleSpec> plan =
        List.of(
            new EnsembleSpec(null, null, null, null, null, null, null, null, null),
            new EnsembleSpec(
                "weighed",
                List.of("wide-s1", "narrow"),
                Fusion.WEIGHTED,
                List.of(3.0, 1.0),
                null,
                null,
                null,
                null,
                null),
            new EnsembleSpec(
                null, List.of("wide"), Fusion.VOTE, null, null, null, null, null, null),
            new EnsembleSpec(
                null, null, null, null, EnsembleSpec.Selection.GREEDY, 3, null, null, null),
            new EnsembleSpec(null, List.of("gone"), null, null, null, null, null, null, null));
    ComposeReport compose =
        new ComposeReport(
            experiment,
            "tiny",
            "noise",
            data.prepared,
            new EvaluationSpec(CheckpointPolicy.LAST, BOTH, plan, null),
            members);
    before = cropsAsked();
    assertThat(ask(compose)).isEqualTo(new ReportComposed(experiment));
    assertThat(cropsAsked()).isEqualTo(before);

    ExperimentResults report = results();
    assertThat(report.complete()).isTrue();
    assertThat(report.name()).isEqualTo("tiny");
    assertThat(report.models()).extracting(Model::run).startsWith("wide-s1").endsWith("narrow-s4");
    assertThat(report.notes())
        .containsExactly("Ensemble 'mean of gone' is left out: no run of [gone] completed.");
    checkGroups(report);
    checkEnsembles(report, data, networks);
    checkCosts(
        report,
        store.size(
            Buckets.CHECKPOINTS, Buckets.weights(members.get(0).checkpoint().weightsSha256())));
    checkWrongImages(report, data, networks);

    assertThat(ask(compose)).isEqualTo(new ReportComposed(experiment));
    assertThat(codec.encode(results())).isEqualTo(codec.encode(report));
    checkComparison(data, members, report);
  }

  private static void checkCosts(ExperimentResults report, long weightsBytes) {
    assertThat(report.costs()).hasSize((4 + 4) * 2);
    int values = PlainLogistic.CROP * PlainLogistic.CROP;
    long parameters = (values + 1L) * TinyData.CLASSES;
    for (Cost cost : report.costs()) {
      int members = cost.members();
      long expected =
          switch (cost.name()) {
            case "mean of all" -> 4;
            case "weighed" -> 2;
            case "vote of wide" -> 3;
            case "greedy 3 of all" ->
                report.ensembles().stream()
                    .filter(e -> e.selected() && e.view().equals(cost.view()))
                    .findFirst()
                    .map(e -> e.members().stream().distinct().count())
                    .orElseThrow();
            default -> 1;
          };
      assertThat(members).isEqualTo((int) expected);
      assertThat(cost.crops()).isEqualTo(cost.view().equals(ViewSpec.CENTER) ? 1 : 10);
      assertThat(cost.parameters()).isEqualTo(members * parameters);
      assertThat(cost.bytes()).isEqualTo(members * weightsBytes);
      assertThat(cost.flops()).isEqualTo(2L * members * cost.crops() * values * TinyData.CLASSES);
      assertThat(cost.memoryBytes())
          .isEqualTo(
              4 * (members * parameters + (long) cost.crops() * (values + TinyData.CLASSES)));
      assertThat(cost.latency().p50Ms()).isPositive().isLessThanOrEqualTo(cost.latency().p99Ms());
      assertThat(cost.latency().calls()).isPositive();
      assertThat(cost.throughput().imagesPerSecond()).isPositive();
      assertThat(cost.throughput().batch()).isEqualTo(32);
      assertThat(cost.device().engine()).startsWith("PyTorch");
      assertThat(cost.device().processor()).isNotBlank();
    }
    // The four runs have the same network: it was measured once.
    assertThat(
            report.costs().stream()
                .filter(cost -> cost.members() == 1 && cost.view().equals(ViewSpec.CENTER))
                .map(Cost::latency)
                .distinct())
        .hasSize(1);
  }

  private void checkComparison(TinyData data, List<Member> members, ExperimentResults report)
      throws Exception {
    UUID other = UUID.randomUUID();
    ComposeReport again =
        new ComposeReport(
            other,
            "again",
            "noise",
            data.prepared,
            new EvaluationSpec(CheckpointPolicy.LAST, List.of(ViewSpec.CENTER), null, null),
            members.subList(3, 4));
    assertThat(broker.ask(other, again)).isEqualTo(new ReportComposed(other));
    ComparisonView compared =
        codec.decode(
            RestAssured.get("/internal/v1/comparisons?experiments=" + experiment + "," + other)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray(),
            ComparisonView.class);

    assertThat(compared.experiments())
        .extracting(ComparisonView.Experiment::name)
        .containsExactly("tiny", "again");
    assertThat(compared.notes())
        .containsExactly(
            "Of tiny the 15 entries with the highest accuracy on validation are compared; 1 are left out.");
    assertThat(compared.entries())
        .hasSize(15 + 1)
        .isSortedAccordingTo(
            java.util.Comparator.comparing(ComparisonView.Entry::accuracy).reversed())
        .allSatisfy(entry -> assertThat(entry.cost()).isNotNull());
    assertThat(compared.pairs()).hasSize(15);
    // The one run of the second experiment is in the first too: against itself there is no
    // difference, and against the others there is what the first report says.
    assertThat(compared.pairs())
        .allSatisfy(
            pair -> {
              ComparisonView.Entry first = compared.entries().get(pair.first());
              ComparisonView.Entry second = compared.entries().get(pair.second());
              assertThat(pair.difference())
                  .isEqualTo(first.accuracy() - second.accuracy(), offset(1e-12));
              if (first.name().equals(second.name()) && first.view().equals(second.view())) {
                assertThat(pair.onlyFirst() + pair.onlySecond()).isZero();
                assertThat(pair.pValue()).isEqualTo(1);
              } else {
                assertThat(pValues(report)).contains(pair.pValue());
              }
            });
    RestAssured.get("/internal/v1/comparisons?experiments=" + experiment + "," + UUID.randomUUID())
        .then()
        .statusCode(409);
    RestAssured.get("/internal/v1/comparisons?experiments=x").then().statusCode(400);
  }

  private static List<Double> pValues(ExperimentResults report) {
    return report.comparisons().stream().map(ExperimentResults.Comparison::pValue).toList();
  }

  private void checkWrongImages(
      ExperimentResults report, TinyData data, List<PlainLogistic> networks) throws Exception {
    assertThat(report.diagnoses())
        .extracting(RunDiagnosis::run)
        .containsExactly("wide-s1", "wide-s2", "wide-s3", "narrow-s4");
    List<TinyData.Image> images = data.images.get(SplitName.VALIDATION);
    double[][] probabilities = networks.get(0).probabilities(images, ViewSpec.CENTER);
    int right = 0;
    for (int i = 0; i < images.size(); i++) {
      right += argmax(probabilities[i]) == images.get(i).label() ? 1 : 0;
    }
    byte[] body =
        RestAssured.get(
                "/internal/v1/experiments/" + experiment + "/wrong-images?run={run}", "wide-s1")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    List<WrongImage> wrong = List.of(codec.decode(body, WrongImage[].class));
    assertThat(wrong).hasSize(images.size() - right);
    assertThat(wrong)
        .isSortedAccordingTo(java.util.Comparator.comparing((WrongImage image) -> -image.loss()));
    for (WrongImage image : wrong) {
      int i = 0;
      while (images.get(i).id() != image.id()) {
        i++;
      }
      assertThat(image.label()).isEqualTo(images.get(i).label());
      assertThat(image.predicted()).isEqualTo(argmax(probabilities[i]));
      assertThat(image.className()).isEqualTo(data.prepared.classes().get(image.label()));
      assertThat(image.probability()).isEqualTo(probabilities[i][image.label()], offset(1e-5));
    }
    RestAssured.get("/internal/v1/experiments/" + experiment + "/wrong-images?run=none")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  private static void checkGroups(ExperimentResults report) {
    assertThat(report.groups()).hasSize(2 * 2 * 2);
    for (Group group : report.groups()) {
      double[] accuracies =
          report.models().stream()
              .filter(
                  model ->
                      model.group().equals(group.group())
                          && model.split() == group.split()
                          && model.view().equals(group.view()))
              .mapToDouble(model -> model.measures().accuracy())
              .toArray();
      double mean = 0;
      for (double accuracy : accuracies) {
        mean += accuracy / accuracies.length;
      }
      double squares = 0;
      for (double accuracy : accuracies) {
        squares += (accuracy - mean) * (accuracy - mean);
      }
      assertThat(group.runs()).isEqualTo(accuracies.length);
      assertThat(group.meanAccuracy()).isEqualTo(mean, offset(1e-12));
      if (accuracies.length == 1) {
        assertThat(group.deviationAccuracy()).isNull();
      } else {
        assertThat(group.deviationAccuracy())
            .isEqualTo(Math.sqrt(squares / (accuracies.length - 1)), offset(1e-12));
      }
    }
  }

  private static void checkEnsembles(
      ExperimentResults report, TinyData data, List<PlainLogistic> networks) {
    assertThat(report.ensembles())
        .extracting(Ensemble::name)
        .containsOnly("mean of all", "weighed", "vote of wide", "greedy 3 of all");
    assertThat(report.ensembles()).hasSize(4 * 2 * 2);
    for (Ensemble ensemble : report.ensembles()) {
      List<TinyData.Image> images = data.images.get(ensemble.split());
      List<double[][]> answers = new ArrayList<>();
      for (String name : ensemble.members()) {
        int seed = Integer.parseInt(name.substring(name.length() - 1));
        answers.add(networks.get(seed - 1).probabilities(images, ensemble.view()));
      }
      double[][] fused = new double[images.size()][TinyData.CLASSES];
      for (int m = 0; m < answers.size(); m++) {
        double weight =
            switch (ensemble.name()) {
              case "weighed" -> m == 0 ? 0.75 : 0.25;
              default -> 1.0 / answers.size();
            };
        for (int i = 0; i < fused.length; i++) {
          double[] row = answers.get(m)[i];
          int voted = argmax(row);
          for (int c = 0; c < TinyData.CLASSES; c++) {
            boolean vote = ensemble.fusion() == Fusion.VOTE;
            fused[i][c] += weight * (vote ? (c == voted ? 1 : 0) + 1e-9 * row[c] : row[c]);
          }
        }
      }
      assertThat(ensemble.selected()).isEqualTo(ensemble.name().startsWith("greedy"));
      if (ensemble.fusion() == Fusion.VOTE) {
        assertThat(ensemble.measures().accuracy())
            .isEqualTo(accuracy(images, fused), offset(1e-12));
      } else {
        requireEqual(ensemble.measures(), images, fused);
      }
    }
    assertThat(report.ensembles())
        .filteredOn(Ensemble::selected)
        .allSatisfy(ensemble -> assertThat(ensemble.members()).hasSize(3));
    assertThat(report.ensembles())
        .filteredOn(ensemble -> ensemble.name().equals("weighed"))
        .allSatisfy(
            ensemble -> {
              assertThat(ensemble.members()).containsExactly("wide-s1", "narrow-s4");
              assertThat(ensemble.weights()).containsExactly(3.0, 1.0);
            });
  }

  private static void requireEqual(
      Measures measures, List<TinyData.Image> images, double[][] probabilities) {
    double loss = 0;
    int[][] confusion = new int[TinyData.CLASSES][TinyData.CLASSES];
    for (int i = 0; i < probabilities.length; i++) {
      int label = images.get(i).label();
      loss -= Math.log(probabilities[i][label]) / images.size();
      confusion[label][argmax(probabilities[i])]++;
    }
    assertThat(measures.images()).isEqualTo(images.size());
    assertThat(measures.accuracy()).isEqualTo(accuracy(images, probabilities), offset(1e-12));
    assertThat(measures.loss()).isEqualTo(loss, offset(1e-5));
    for (int c = 0; c < TinyData.CLASSES; c++) {
      assertThat(measures.confusion().get(c)).containsExactly(box(confusion[c]));
    }
  }

  private static Integer[] box(int[] row) {
    return java.util.Arrays.stream(row).boxed().toArray(Integer[]::new);
  }

  private static double accuracy(List<TinyData.Image> images, double[][] probabilities) {
    int right = 0;
    for (int i = 0; i < probabilities.length; i++) {
      right += argmax(probabilities[i]) == images.get(i).label() ? 1 : 0;
    }
    return (double) right / images.size();
  }

  private static int argmax(double[] row) {
    int best = 0;
    for (int c = 1; c < row.length; c++) {
      best = row[c] > row[best] ? c : best;
    }
    return best;
  }

  @Test
  void sameRequestAgainAsksNoNetwork() throws Exception {
    TinyData data = new TinyData(store, codec, "tiny-again", 0, 30);
    String weights = new PlainLogistic(21, TinyData.CLASSES).write(store);
    Member member = member("wide", 21, weights);
    double before = cropsAsked();
    EvaluationEvent first = ask(evaluate(member, data.prepared, List.of(ViewSpec.TEN_CROP)));
    assertThat(first).isInstanceOf(CheckpointEvaluated.class);
    assertThat(cropsAsked() - before).isEqualTo(300);

    // The second time the weights are not even needed, and the centre is taken from the ten.
    store.delete(Buckets.CHECKPOINTS, Buckets.weights(weights));
    before = cropsAsked();
    assertThat(ask(evaluate(member, data.prepared, List.of(ViewSpec.TEN_CROP)))).isEqualTo(first);
    assertThat(cropsAsked()).isEqualTo(before);
    assertThat(results().models()).singleElement().matches(m -> m.split() == SplitName.TEST);
  }

  @Test
  void centerIsTheSameAloneAndAmongTheTen() throws Exception {
    TinyData alone = new TinyData(store, codec, "tiny-alone", 0, 90);
    TinyData among = new TinyData(store, codec, "tiny-among", 0, 90);
    String weights = new PlainLogistic(31, TinyData.CLASSES).write(store);
    Member member = member("wide", 31, weights);
    ask(evaluate(member, alone.prepared, List.of(ViewSpec.CENTER)));
    ask(evaluate(member, among.prepared, BOTH));

    LogitBank one = bank(alone, weights, ViewSpec.CENTER);
    LogitBank other = bank(among, weights, ViewSpec.CENTER);
    assertThat(other.ids()).isEqualTo(one.ids());
    assertThat(other.logits()).containsExactly(one.logits(), offset(1e-5f));
    LogitBank ten = bank(among, weights, ViewSpec.TEN_CROP);
    assertThat(ten.select(List.of(4)).logits()).isEqualTo(other.logits());

    ask(evaluate(member, alone.prepared, List.of(ViewSpec.FLIP)));
    assertThat(bank(alone, weights, ViewSpec.FLIP).logits())
        .containsExactly(ten.select(List.of(4, 9)).logits(), offset(1e-5f));
  }

  private LogitBank bank(TinyData data, String weights, ViewSpec view) throws Exception {
    return new LogitStore(store, Long.MAX_VALUE)
        .find(BankKey.of(weights, data.prepared.id(), INPUT, SplitName.TEST, view))
        .orElseThrow();
  }

  @Test
  void brokenBankEntryIsComputedAnew() throws Exception {
    TinyData data = new TinyData(store, codec, "tiny-broken", 0, 20);
    String weights = new PlainLogistic(41, TinyData.CLASSES).write(store);
    BankKey key = BankKey.of(weights, data.prepared.id(), INPUT, SplitName.TEST, ViewSpec.CENTER);
    store.putIfAbsent(Buckets.LOGITS, key.objectKey(), new byte[] {1, 2, 3});

    assertThat(ask(evaluate(member("wide", 41, weights), data.prepared, List.of(ViewSpec.CENTER))))
        .isInstanceOf(CheckpointEvaluated.class);
    assertThat(bank(data, weights, ViewSpec.CENTER).images()).isEqualTo(20);
  }

  @Test
  void failuresSayWhatToDo() throws Exception {
    TinyData data = new TinyData(store, codec, "tiny-failures", 0, 20);
    String weights = new PlainLogistic(51, TinyData.CLASSES).write(store);
    Member good = member("wide", 51, weights);

    String missing = "f".repeat(64);
    EvaluationFailed noWeights =
        failure(evaluate(member("wide", 52, missing), data.prepared, BOTH));
    assertThat(noWeights.checkpointId()).isEqualTo(checkpoint(missing).id());
    assertThat(noWeights.failure().code()).isEqualTo(FailureCode.OBJECT_CORRUPT);
    assertThat(noWeights.failure().message()).contains(missing).contains("Submit");

    EvaluationFailed noCrop =
        failure(
            evaluate(
                new Member(
                    UUID.randomUUID(),
                    run("whole", 1, "logistic", input(null)),
                    good.checkpoint(),
                    List.of(),
                    null,
                    List.of()),
                data.prepared,
                List.of(ViewSpec.TEN_CROP)));
    assertThat(noCrop.failure().code()).isIn(FailureCode.PREPARATION_INVALID);
    assertThat(noCrop.failure().message()).contains("preparation.crop");

    EvaluationFailed unknown =
        failure(
            evaluate(
                new Member(
                    UUID.randomUUID(),
                    run("x", 1, "lenet6", INPUT),
                    good.checkpoint(),
                    List.of(),
                    null,
                    List.of()),
                data.prepared,
                BOTH));
    assertThat(unknown.failure().code()).isEqualTo(FailureCode.ARCHITECTURE_INVALID);
    assertThat(unknown.failure().message()).contains("lenet6");

    EvaluationFailed otherNetwork =
        failure(
            evaluate(
                new Member(
                    UUID.randomUUID(),
                    run("x", 1, "shallow", INPUT),
                    good.checkpoint(),
                    List.of(),
                    null,
                    List.of()),
                data.prepared,
                BOTH));
    assertThat(otherNetwork.failure().code()).isEqualTo(FailureCode.OBJECT_CORRUPT);

    String diverged = new PlainLogistic(53, TinyData.CLASSES).diverged().write(store);
    EvaluationFailed notNumbers =
        failure(evaluate(member("wide", 53, diverged), data.prepared, BOTH));
    assertThat(notNumbers.failure().code()).isEqualTo(FailureCode.TRAINING_DIVERGED);
    assertThat(notNumbers.failure().message()).contains("wide-s53");

    TinyData empty = new TinyData(store, codec, "tiny-empty", 0, 0);
    EvaluationFailed nothing = failure(evaluate(good, empty.prepared, BOTH));
    assertThat(nothing.failure().code()).isEqualTo(FailureCode.PREPARATION_INVALID);
    assertThat(nothing.failure().message()).contains("preparation.split");

    EvaluationFailed notBanked =
        failure(compose(data, List.of(member("wide", 54, missing)), KeepLogits.ALL));
    assertThat(notBanked.runId()).isNull();
    assertThat(notBanked.failure().code()).isEqualTo(FailureCode.OBJECT_CORRUPT);
    assertThat(notBanked.failure().message()).contains(missing);
  }

  private ComposeReport compose(TinyData data, List<Member> members, KeepLogits keep) {
    return new ComposeReport(
        experiment,
        "tiny",
        "noise",
        data.prepared,
        new EvaluationSpec(null, BOTH, null, null, keep),
        members);
  }

  @Test
  void onlyWhatThePlanKeepsStaysInTheBank() throws Exception {
    TinyData data = new TinyData(store, codec, "tiny-kept", 0, 40);
    List<String> weights = new ArrayList<>();
    for (int epoch = 1; epoch <= 3; epoch++) {
      weights.add(new PlainLogistic(60 + epoch, TinyData.CLASSES).write(store));
    }
    Member last = member("wide", 61, weights.get(2));
    for (String epoch : weights) {
      ask(
          new EvaluateCheckpoint(
              experiment, last.runId(), last.run(), data.prepared, checkpoint(epoch), BOTH));
    }
    UUID other = UUID.randomUUID();
    EvaluateCheckpoint shared =
        new EvaluateCheckpoint(
            other, last.runId(), last.run(), data.prepared, checkpoint(weights.get(1)), BOTH);
    assertThat(broker.ask(other, shared)).isInstanceOf(CheckpointEvaluated.class);

    assertThat(ask(compose(data, List.of(last), KeepLogits.ALL)))
        .isEqualTo(new ReportComposed(experiment));
    byte[] report = codec.encode(results());
    assertThat(weights).allMatch(epoch -> isBanked(data, epoch));

    assertThat(ask(compose(data, List.of(last), KeepLogits.CHOSEN)))
        .isEqualTo(new ReportComposed(experiment));
    assertThat(isBanked(data, weights.get(0))).isFalse();
    assertThat(isBanked(data, weights.get(1))).as("another experiment's too").isTrue();
    assertThat(isBanked(data, weights.get(2))).as("it stands for the run").isTrue();
    assertThat(codec.encode(results())).isEqualTo(report);
  }

  @Test
  void aReportGetsBackWhatAnotherExperimentDidNotKeep() throws Exception {
    TinyData data = new TinyData(store, codec, "tiny-back", 0, 40);
    Member member = member("wide", 71, new PlainLogistic(71, TinyData.CLASSES).write(store));
    ask(evaluate(member, data.prepared, BOTH));
    LogitStore bank = new LogitStore(store, Long.MAX_VALUE);
    for (ViewSpec view : BOTH) {
      bank.remove(
          BankKey.of(
              member.checkpoint().weightsSha256(),
              data.prepared.id(),
              INPUT,
              SplitName.TEST,
              view));
    }
    assertThat(ask(compose(data, List.of(member), KeepLogits.ALL)))
        .isEqualTo(new ReportComposed(experiment));
    assertThat(isBanked(data, member.checkpoint().weightsSha256())).isTrue();
  }

  private boolean isBanked(TinyData data, String weights) {
    return BOTH.stream()
        .allMatch(
            view -> {
              try {
                return new LogitStore(store, Long.MAX_VALUE)
                    .contains(BankKey.of(weights, data.prepared.id(), INPUT, SplitName.TEST, view));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Test
  void unreadableRecordGoesToTheDeadLetters() {
    broker.send(experiment, "{nonsense".getBytes(StandardCharsets.UTF_8));

    assertThat(broker.deadLetter(Topics.EVALUATION_REQUESTS)).isEqualTo("{nonsense");
  }

  @Test
  void unknownExperimentIsNotFound() {
    for (String id : List.of(UUID.randomUUID().toString(), "x")) {
      RestAssured.get("/internal/v1/experiments/" + id + "/results")
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("status", org.hamcrest.Matchers.is(404))
          .body("detail", org.hamcrest.Matchers.containsString(id));
    }
  }

  @Test
  void healthAndMetricsAnswer() {
    RestAssured.get("/q/health/live").then().statusCode(200);
    RestAssured.get("/q/health/ready").then().statusCode(200);
    RestAssured.get("/q/metrics")
        .then()
        .statusCode(200)
        .body(org.hamcrest.Matchers.containsString("tencrop_evaluator_crops_total"));
  }
}
