package io.tencrop.evaluator.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Distillation;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.PreparedManifest.Shard;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointEvaluated;
import io.tencrop.contracts.event.EvaluationEvent.ReportComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherFailed;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.ComposeTeacher;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import io.tencrop.contracts.spec.TeacherRef;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.Broker;
import io.tencrop.evaluator.PlainLogistic;
import io.tencrop.evaluator.TestServers;
import io.tencrop.evaluator.TinyData;
import io.tencrop.evaluator.results.Results;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ShardWriter;
import io.tencrop.vision.data.SoftTargets;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TeacherCompositionTest {
  private static final int TRAIN = 70;
  private static final double TEMPERATURE = 2.5;
  private static final InputSpec INPUT =
      new InputSpec(
          PlainLogistic.CROP,
          TrainCrop.RANDOM,
          new Normalization(List.of(PlainLogistic.MEAN), List.of(PlainLogistic.STD)));

  @Inject ObjectStore store;
  @Inject MessageCodec codec;
  @Inject MeterRegistry meters;
  @Inject Results results;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @TempDir Path directory;

  private final UUID teachers = UUID.randomUUID();
  private final UUID students = UUID.randomUUID();
  private final List<List<TinyData.Image>> variants = new ArrayList<>();
  private final List<PlainLogistic> networks = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private PreparedDataset data;
  private Broker broker;

  @BeforeEach
  void trainTeachers() throws Exception {
    broker = new Broker(bootstrapServers, codec);
    data = data("taught-" + UUID.randomUUID());
    for (int seed = 1; seed <= 3; seed++) {
      networks.add(new PlainLogistic(seed, TinyData.CLASSES));
      members.add(member("wide", seed, TrainingSpec.defaults(), networks.get(seed - 1)));
    }
    List<EnsembleSpec> plan =
        List.of(
            ensemble("mean", Fusion.MEAN, null),
            ensemble("logits", Fusion.MEAN_OF_LOGITS, null),
            ensemble("weighted", Fusion.WEIGHTED, List.of(3.0, 1.0, 0.5)),
            ensemble("vote", Fusion.VOTE, null),
            new EnsembleSpec(
                "greedy", null, null, null, EnsembleSpec.Selection.GREEDY, 5, null, null, null));
    compose(teachers, plan, members);
  }

  @AfterEach
  void disconnect() {
    broker.close();
  }

  private static EnsembleSpec ensemble(String name, Fusion fusion, List<Double> weights) {
    return new EnsembleSpec(name, null, fusion, weights, null, null, null, null, null);
  }

  private void compose(UUID experiment, List<EnsembleSpec> plan, List<Member> runs) {
    for (Member run : runs) {
      assertThat(
              broker.ask(
                  experiment,
                  new EvaluateCheckpoint(
                      experiment,
                      run.runId(),
                      run.run(),
                      data,
                      run.checkpoint(),
                      List.of(ViewSpec.CENTER))))
          .isInstanceOf(CheckpointEvaluated.class);
    }
    assertThat(
            broker.ask(
                experiment,
                new ComposeReport(
                    experiment,
                    "x",
                    "noise",
                    data,
                    new EvaluationSpec(null, null, plan, null),
                    runs)))
        .isEqualTo(new ReportComposed(experiment));
  }

  private Member member(String group, long seed, TrainingSpec training, PlainLogistic network)
      throws Exception {
    RunSpec run =
        new RunSpec(
            group + "-s" + seed,
            group,
            new ArchitectureSpec("logistic", Map.of()),
            seed,
            training,
            INPUT);
    UUID id = UUID.randomUUID();
    String weights = network.write(store);
    byte[] manifest =
        codec.encode(
            new CheckpointManifest(
                1,
                id,
                run,
                data.id(),
                null,
                10,
                1,
                null,
                "engine",
                null,
                new StoredFile(Buckets.weights(weights), weights, 1),
                null,
                null));
    String checkpoint = Digests.sha256(manifest);
    store.putIfAbsent(Buckets.CHECKPOINTS, Buckets.checkpointManifest(checkpoint), manifest);
    return new Member(
        id, run, new CheckpointRef(checkpoint, 10, 1, weights), List.of(), null, List.of());
  }

  /** Two variants of the training images, which are the same images otherwise. */
  private PreparedDataset data(String id) throws Exception {
    Random random = new Random(3);
    Map<SplitName, List<Shard>> shards = new EnumMap<>(SplitName.class);
    variants.add(noise(random, 0, TRAIN));
    variants.add(
        variants.get(0).stream()
            .map(image -> new TinyData.Image(pixels(random), image.label(), image.id()))
            .toList());
    shards.put(
        SplitName.TRAIN,
        List.of(
            write(id, SplitName.TRAIN, 0, variants.get(0), 0),
            write(id, SplitName.TRAIN, 1, variants.get(1), 1)));
    for (SplitName split : List.of(SplitName.VALIDATION, SplitName.TEST)) {
      shards.put(
          split, List.of(write(id, split, 0, noise(random, 1000L * split.ordinal(), 60), 0)));
    }
    PreparedManifest manifest =
        new PreparedManifest(
            1,
            id,
            "noise",
            "0".repeat(64),
            new ShardPreparation(
                TinyData.SIDE,
                1,
                new SplitSpec(true, null, 0.1, null, 42),
                new ShardAugmentSpec(2, List.of(), 42)),
            List.of("a", "b", "c"),
            1,
            TinyData.SIDE,
            TinyData.SIDE,
            shards,
            RejectedImages.NONE,
            null,
            null);
    StoredObject stored =
        store.putIfAbsent(Buckets.DATASETS, Buckets.preparedManifest(id), codec.encode(manifest));
    return new PreparedDataset(
        id,
        stored.sha256(),
        manifest.classes(),
        1,
        TinyData.SIDE,
        TinyData.SIDE,
        Map.of(SplitName.TRAIN, (long) TRAIN, SplitName.VALIDATION, 60L, SplitName.TEST, 60L),
        null,
        List.of());
  }

  private static List<TinyData.Image> noise(Random random, long firstId, int count) {
    List<TinyData.Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(new TinyData.Image(pixels(random), random.nextInt(TinyData.CLASSES), firstId + i));
    }
    return images;
  }

  private static Bitmap pixels(Random random) {
    byte[] pixels = new byte[TinyData.SIDE * TinyData.SIDE];
    random.nextBytes(pixels);
    return new Bitmap(TinyData.SIDE, TinyData.SIDE, 1, pixels);
  }

  private Shard write(
      String id, SplitName split, int index, List<TinyData.Image> images, int variant)
      throws Exception {
    String key = Buckets.shard(id, split.label(), index);
    StoredObject stored =
        store.putByContent(
            Buckets.DATASETS,
            sha256 -> key,
            out -> {
              try (ShardWriter writer =
                  new ShardWriter(out, images.size(), TinyData.SIDE, TinyData.SIDE, 1)) {
                for (TinyData.Image image : images) {
                  writer.add(image.pixels(), image.label(), image.id());
                }
              }
            });
    return new Shard(key, stored.sha256(), stored.bytes(), images.size(), variant);
  }

  private EvaluationEvent ask(String ensemble, double temperature, PreparedDataset dataset) {
    TeacherRef teacher = new TeacherRef(teachers, ensemble, temperature);
    return broker.ask(students, new ComposeTeacher(students, dataset, teacher));
  }

  private SoftTargets answers(String ensemble, double temperature) throws Exception {
    TeacherComposed composed = (TeacherComposed) ask(ensemble, temperature, data);
    assertThat(composed.teacher()).isEqualTo(new TeacherRef(teachers, ensemble, temperature));
    Path file = directory.resolve(composed.answers());
    byte[] bytes =
        store.get(Buckets.LOGITS, Buckets.teacher(composed.answers()), composed.answers());
    return SoftTargets.read(Files.write(file, bytes));
  }

  /**
   * {@code [n, classes]}: softmax of the logits over the temperature, for which p^(1/T) will do.
   */
  private static double[][] softened(
      PlainLogistic network, List<TinyData.Image> images, double temperature) {
    double[][] probabilities = network.probabilities(images, ViewSpec.CENTER);
    for (double[] row : probabilities) {
      double sum = 0;
      for (int c = 0; c < row.length; c++) {
        row[c] = Math.pow(row[c], 1 / temperature);
        sum += row[c];
      }
      for (int c = 0; c < row.length; c++) {
        row[c] /= sum;
      }
    }
    return probabilities;
  }

  private void checkMean(SoftTargets answers, double temperature, double... weights) {
    double total = java.util.Arrays.stream(weights).sum();
    for (int variant = 0; variant < 2; variant++) {
      List<TinyData.Image> images = variants.get(variant);
      double[][] expected = new double[images.size()][TinyData.CLASSES];
      for (int m = 0; m < weights.length; m++) {
        double[][] one = softened(networks.get(m), images, temperature);
        for (int i = 0; i < expected.length; i++) {
          for (int c = 0; c < TinyData.CLASSES; c++) {
            expected[i][c] += weights[m] / total * one[i][c];
          }
        }
      }
      check(answers, variant, expected);
    }
  }

  private void check(SoftTargets answers, int variant, double[][] expected) {
    assertThat(answers.images()).isEqualTo(TRAIN);
    assertThat(answers.variants()).isEqualTo(2);
    for (int i = 0; i < expected.length; i++) {
      float[] row = new float[TinyData.CLASSES];
      answers.copy(variants.get(variant).get(i).id(), variant, row, 0);
      for (int c = 0; c < TinyData.CLASSES; c++) {
        assertThat((double) row[c]).isCloseTo(expected[i][c], within(1e-5));
      }
    }
  }

  @Test
  void softenedMembersAreFusedAsTheReportSays() throws Exception {
    double before = meters.counter("tencrop.evaluator.crops").count();
    checkMean(answers("mean", TEMPERATURE), TEMPERATURE, 1, 1, 1);
    assertThat(meters.counter("tencrop.evaluator.crops").count() - before)
        .as("the centre of each image in each variant, by each member")
        .isEqualTo(3.0 * 2 * TRAIN);

    before = meters.counter("tencrop.evaluator.crops").count();
    checkMean(answers("mean", 1), 1, 1, 1, 1);
    checkMean(answers("weighted", TEMPERATURE), TEMPERATURE, 3, 1, 0.5);
    checkMean(answers("wide-s2", TEMPERATURE), TEMPERATURE, 0, 1, 0);
    double[] picks = new double[3];
    Ensemble greedy = named(report(teachers), "greedy");
    for (String member : greedy.members()) {
      picks[Integer.parseInt(member.substring(member.length() - 1)) - 1]++;
    }
    assertThat(greedy.members()).hasSize(5);
    checkMean(answers("greedy", TEMPERATURE), TEMPERATURE, picks);
    SoftTargets logits = answers("logits", TEMPERATURE);
    for (int variant = 0; variant < 2; variant++) {
      check(logits, variant, geometricMean(variants.get(variant)));
    }
    assertThat(meters.counter("tencrop.evaluator.crops").count())
        .as("the bank has all that was answered before")
        .isEqualTo(before);
  }

  private double[][] geometricMean(List<TinyData.Image> images) {
    double[][] fused = new double[images.size()][TinyData.CLASSES];
    for (int i = 0; i < fused.length; i++) {
      double sum = 0;
      for (int c = 0; c < TinyData.CLASSES; c++) {
        double log = 0;
        for (PlainLogistic network : networks) {
          log +=
              Math.log(softened(network, images.subList(i, i + 1), TEMPERATURE)[0][c])
                  / networks.size();
        }
        fused[i][c] = Math.exp(log);
        sum += fused[i][c];
      }
      for (int c = 0; c < TinyData.CLASSES; c++) {
        fused[i][c] /= sum;
      }
    }
    return fused;
  }

  @Test
  void whatCannotBeATeacherSaysWhy() throws Exception {
    assertThat(failure(ask("vote", 2, data))).contains("'vote'", teachers.toString(), "votes");
    assertThat(failure(ask("maen", 2, data))).contains("no such ensemble or run");
    TinyData other = new TinyData(store, codec, "other-" + UUID.randomUUID(), 5, 5);
    assertThat(failure(ask("mean", 2, other.prepared))).contains(data.id(), other.prepared.id());
    TeacherRef nobody = new TeacherRef(UUID.randomUUID(), "mean", 2);
    assertThat(failure(broker.ask(students, new ComposeTeacher(students, data, nobody))))
        .contains("has no report");
  }

  private static String failure(EvaluationEvent event) {
    TeacherFailed failed = (TeacherFailed) event;
    assertThat(failed.failure().code()).isEqualTo(FailureCode.TEACHER_INVALID);
    return failed.failure().message();
  }

  private ExperimentResults report(UUID experiment) throws Exception {
    return results.find(experiment).orElseThrow();
  }

  private static Ensemble named(ExperimentResults report, String name) {
    return report.ensembles().stream()
        .filter(ensemble -> ensemble.name().equals(name) && ensemble.split() == SplitName.TEST)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theReportTellsWhatStudentsKeepOfTheGain() throws Exception {
    List<Member> runs = new ArrayList<>();
    for (int seed = 11; seed <= 12; seed++) {
      runs.add(
          member("student", seed, taughtBy("mean"), new PlainLogistic(seed, TinyData.CLASSES)));
    }
    runs.add(member("one", 13, taughtBy("wide-s1"), new PlainLogistic(13, TinyData.CLASSES)));
    runs.add(member("plain", 14, TrainingSpec.defaults(), new PlainLogistic(14, TinyData.CLASSES)));
    compose(students, List.of(), runs);

    ExperimentResults source = report(teachers);
    ExperimentResults report = report(students);
    assertThat(report.distillations())
        .extracting(Distillation::group)
        .containsOnly("student", "one");
    Distillation test =
        report.distillations().stream()
            .filter(each -> each.group().equals("student") && each.split() == SplitName.TEST)
            .findFirst()
            .orElseThrow();
    double member = meanAccuracy(source, "wide");
    double student = meanAccuracy(report, "student");
    double teacher = named(source, "mean").measures().accuracy();
    assertThat(test.students()).isEqualTo(2);
    assertThat(test.members()).isEqualTo(3);
    assertThat(test.memberAccuracy()).isCloseTo(member, within(1e-12));
    assertThat(test.studentAccuracy()).isCloseTo(student, within(1e-12));
    assertThat(test.teacherAccuracy()).isEqualTo(teacher);
    if (teacher > member) {
      assertThat(test.keptGain()).isCloseTo((student - member) / (teacher - member), within(1e-9));
    } else {
      assertThat(test.keptGain()).isNull();
    }
    assertThat(report.distillations())
        .filteredOn(each -> each.group().equals("one"))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.keptGain()).isNull());
    assertThat(report.notes())
        .contains(
            "Group 'one' keeps no share of a gain in the view center: its teacher 'wide-s1' is a single model.");
  }

  private static double meanAccuracy(ExperimentResults report, String group) {
    return report.models().stream()
        .filter(model -> model.group().equals(group) && model.split() == SplitName.TEST)
        .map(Model::measures)
        .mapToDouble(Measures::accuracy)
        .average()
        .orElseThrow();
  }

  private TrainingSpec taughtBy(String ensemble) {
    return TrainingSpec.defaults()
        .withTeacher(new TeacherSpec(teachers.toString(), ensemble, TEMPERATURE, 0.9, "0"));
  }
}
