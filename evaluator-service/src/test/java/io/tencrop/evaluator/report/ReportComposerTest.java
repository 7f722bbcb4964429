package io.tencrop.evaluator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.ExperimentResults.Ranked;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Checkpoints;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.EnsembleSpec.Selection;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.SwaSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.bank.BankKey;
import io.tencrop.evaluator.ensemble.BankedMembers;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.evaluation.LogitBank;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportComposerTest {
  private static final UUID EXPERIMENT = new UUID(1, 2);
  private static final InputSpec INPUT = new InputSpec(null, TrainCrop.CENTER, null);

  private final Map<BankKey, LogitBank> bank = new HashMap<>();
  private final List<Member> members = new ArrayList<>();
  private final ReportComposer composer =
      new ReportComposer(new BankedMembers(key -> Optional.ofNullable(bank.get(key))));

  private static PreparedDataset dataset(long validation) {
    return new PreparedDataset(
        "prepared",
        "0".repeat(64),
        List.of("a", "b"),
        1,
        8,
        8,
        Map.of(SplitName.VALIDATION, validation, SplitName.TEST, 4L),
        null,
        List.of());
  }

  /** A run that is right, with this margin, where {@code right} has a 1; all labels are 0. */
  private void run(String group, long seed, String validation, String test) {
    String weights = group + seed;
    RunSpec run =
        new RunSpec(
            group + "-s" + seed,
            group,
            new ArchitectureSpec("logistic", Map.of()),
            seed,
            TrainingSpec.defaults(),
            INPUT);
    members.add(
        new Member(
            new UUID(3, members.size()),
            run,
            new CheckpointRef("c", 1, 1, weights),
            List.of(),
            null,
            List.of()));
    bank.put(key(weights, SplitName.VALIDATION), answers(validation));
    bank.put(key(weights, SplitName.TEST), answers(test));
  }

  /** The run of before gets epochs, or an average, that are right so. */
  private void epoch(int epoch, String answers) {
    Member run = members.remove(members.size() - 1);
    List<CheckpointRef> epochs = new ArrayList<>(run.epochs());
    epochs.add(banked(run, epoch, answers, null));
    members.add(
        new Member(run.runId(), run.run(), epochs.get(epochs.size() - 1), epochs, null, List.of()));
  }

  private void average(int epochs, String answers) {
    Member run = members.remove(members.size() - 1);
    CheckpointRef average = banked(run, epochs, answers, epochs);
    members.add(
        new Member(run.runId(), run.run(), run.checkpoint(), run.epochs(), average, List.of()));
  }

  private CheckpointRef banked(Member run, int epoch, String answers, Integer averaged) {
    String weights = run.run().name() + " " + epoch + " " + averaged;
    bank.put(key(weights, SplitName.VALIDATION), answers(answers));
    bank.put(key(weights, SplitName.TEST), answers(answers));
    return new CheckpointRef(weights, epoch, epoch, weights, averaged);
  }

  private ExperimentResults composeAll(SwaSpec swa, EnsembleSpec... ensembles) throws IOException {
    return composer.compose(
        new ComposeReport(
            EXPERIMENT,
            "name",
            "data",
            dataset(4),
            new EvaluationSpec(CheckpointPolicy.EVERY_EPOCH, null, List.of(ensembles), swa),
            members),
        List.of(),
        entry -> {});
  }

  private static EnsembleSpec ensemble(
      List<String> of, Checkpoints checkpoints, Integer lastEpochs, List<Double> weights) {
    return new EnsembleSpec(
        null,
        of,
        weights == null ? null : Fusion.WEIGHTED,
        weights,
        null,
        null,
        checkpoints,
        lastEpochs,
        null);
  }

  @Test
  void epochsOfRunsAnswerTogether() throws IOException {
    run("a", 1, "1111", "1111");
    epoch(1, "0000");
    epoch(2, "1000");
    epoch(3, "1100");
    epoch(4, "0110");
    run("b", 1, "1111", "1111");
    epoch(1, "1111");
    epoch(2, "1001");
    epoch(3, "0001");

    ExperimentResults report =
        composeAll(
            null,
            ensemble(null, Checkpoints.EPOCHS, null, null),
            ensemble(List.of("a"), Checkpoints.EPOCHS, 3, null),
            ensemble(List.of("b", "a-s1"), Checkpoints.EPOCHS, 1, List.of(3.0, 1.0)),
            ensemble(List.of("a"), Checkpoints.CHOSEN, null, null),
            ensemble(null, Checkpoints.SWA, null, null));
    assertThat(report.ensembles())
        .filteredOn(ensemble -> ensemble.split() == SplitName.TEST)
        .extracting(Ensemble::name, Ensemble::members, e -> e.measures().accuracy())
        .containsExactly(
            // Of seven epochs four are right about the first image, three or two about the others.
            tuple(
                "mean of epochs of all",
                List.of(
                    "a-s1 epoch 1",
                    "a-s1 epoch 2",
                    "a-s1 epoch 3",
                    "a-s1 epoch 4",
                    "b-s1 epoch 1",
                    "b-s1 epoch 2",
                    "b-s1 epoch 3"),
                0.25),
            tuple(
                "mean of the last 3 epochs of a",
                List.of("a-s1 epoch 2", "a-s1 epoch 3", "a-s1 epoch 4"),
                0.5),
            tuple(
                "weighted mean of the last epoch of b, a-s1",
                List.of("b-s1 epoch 3", "a-s1 epoch 4"),
                0.25),
            tuple("mean of a", List.of("a-s1"), 0.5));
    assertThat(report.ranking()).extracting(Ranked::name).doesNotContain("a-s1 epoch 1");
    assertThat(report.groups()).extracting(Group::group).containsOnly("a", "b");
    assertThat(report.notes())
        .containsExactly(
            "Ensemble 'mean of swa of all' is left out: no run of [all] has an average.");
  }

  @Test
  void averagesAreRankedAndGroupedBesideTheirRuns() throws IOException {
    run("a", 1, "1000", "1000");
    average(3, "1110");
    run("a", 2, "1000", "1000");
    average(2, "1111");
    run("b", 1, "0000", "0000");

    ExperimentResults report =
        composeAll(new SwaSpec(3), ensemble(null, Checkpoints.SWA, null, null));
    assertThat(report.ranking())
        .filteredOn(entry -> !entry.ensemble())
        .extracting(Ranked::name, Ranked::accuracy)
        .containsExactly(
            tuple("a-s2 swa", 1.0),
            tuple("a-s1 swa", 0.75),
            tuple("a-s1", 0.25),
            tuple("a-s2", 0.25),
            tuple("b-s1", 0.0));
    assertThat(report.groups())
        .filteredOn(group -> group.split() == SplitName.TEST)
        .extracting(Group::group, Group::runs, Group::meanAccuracy)
        .containsExactly(tuple("a", 2, 0.25), tuple("b", 1, 0.0), tuple("a swa", 2, 0.875));
    assertThat(report.ensembles().get(0).members()).containsExactly("a-s1 swa", "a-s2 swa");
    assertThat(report.notes())
        .containsExactly(
            "The average of the weights of run a-s2 is over 2 epochs, not 3: it has no more.",
            "Run b-s1 has no average of its weights: it has fewer than two epochs.");
  }

  private static BankKey key(String weights, SplitName split) {
    return BankKey.of(weights, "prepared", INPUT, split, ViewSpec.CENTER);
  }

  private static LogitBank answers(String right) {
    float[] logits = new float[right.length() * 2];
    long[] ids = new long[right.length()];
    for (int i = 0; i < right.length(); i++) {
      logits[2 * i] = right.charAt(i) == '1' ? 1 : -1;
      ids[i] = i;
    }
    return new LogitBank(1, 2, logits, new int[right.length()], ids);
  }

  private ExperimentResults compose(long validation, EnsembleSpec... ensembles) throws IOException {
    return composer.compose(
        new ComposeReport(
            EXPERIMENT,
            "name",
            "data",
            dataset(validation),
            new EvaluationSpec(null, null, List.of(ensembles), null),
            members),
        List.of(),
        entry -> {});
  }

  private static EnsembleSpec ensemble(
      List<String> of, Fusion fusion, List<Double> weights, Selection select, Integer size) {
    return new EnsembleSpec(null, of, fusion, weights, select, size, null, null, null);
  }

  @Test
  void groupsHaveMeanAndDeviationOverTheirRuns() throws IOException {
    run("a", 1, "1111", "1100");
    run("a", 2, "1111", "1110");
    run("b", 1, "1111", "1111");
    ExperimentResults report = compose(4);

    assertThat(report.groups()).hasSize(4);
    assertThat(report.groups())
        .filteredOn(group -> group.split() == SplitName.TEST)
        .satisfiesExactly(
            a -> {
              assertThat(a.group()).isEqualTo("a");
              assertThat(a.runs()).isEqualTo(2);
              assertThat(a.meanAccuracy()).isEqualTo(0.625);
              assertThat(a.deviationAccuracy()).isEqualTo(0.25 / Math.sqrt(2), offset(1e-15));
              assertThat(a.deviationLoss()).isPositive();
            },
            b -> {
              assertThat(b.runs()).isEqualTo(1);
              assertThat(b.meanAccuracy()).isEqualTo(1);
              assertThat(b.deviationAccuracy()).isNull();
              assertThat(b.deviationLoss()).isNull();
            });
  }

  @Test
  void greedyChoosesOnValidationAndNotOnTest() throws IOException {
    run("a", 1, "0001", "1111");
    run("a", 2, "1110", "0000");
    ExperimentResults report = compose(4, ensemble(null, null, null, Selection.GREEDY, 1));

    assertThat(report.ensembles())
        .allSatisfy(
            ensemble -> {
              assertThat(ensemble.name()).isEqualTo("greedy 1 of all");
              assertThat(ensemble.members()).containsExactly("a-s2");
              assertThat(ensemble.selected()).isTrue();
            })
        .extracting(ensemble -> ensemble.measures().accuracy())
        .containsExactly(0.75, 0.0);
  }

  @Test
  void weightsAreFittedOnValidationAndNotOnTest() throws IOException {
    run("a", 1, "0001", "1111");
    run("a", 2, "1110", "0000");
    ExperimentResults report = compose(4, ensemble(null, Fusion.FITTED, null, null, null));

    assertThat(report.ensembles())
        .allSatisfy(
            ensemble -> {
              assertThat(ensemble.name()).isEqualTo("fitted mean of all");
              assertThat(ensemble.weights()).hasSize(2);
              assertThat(ensemble.weights().get(1)).isGreaterThan(ensemble.weights().get(0));
              assertThat(ensemble.diversity().disagreement()).isEqualTo(1);
              assertThat(ensemble.diversity().doubleFault()).isZero();
            })
        .extracting(ensemble -> ensemble.measures().accuracy())
        .containsExactly(0.75, 0.0);
  }

  @Test
  void whoCannotBeToldApartSharesARank() throws IOException {
    run("a", 1, "0000", "110111110111");
    run("b", 1, "1111", "111111111111");
    run("c", 1, "1100", "000000000000");
    ExperimentResults report = compose(4);

    assertThat(report.ranking())
        .satisfiesExactly(
            first -> {
              assertThat(first.name()).isEqualTo("b-s1");
              assertThat(first.rank()).isEqualTo(1);
              assertThat(first.accuracy()).isEqualTo(1);
              assertThat(first.validationAccuracy()).isEqualTo(1);
              assertThat(first.accuracyInterval().low()).isEqualTo(1);
            },
            second -> {
              assertThat(second.name()).isEqualTo("a-s1");
              assertThat(second.rank()).isEqualTo(1);
              assertThat(second.accuracyInterval().low()).isLessThan(10 / 12.0);
            },
            third -> {
              assertThat(third.name()).isEqualTo("c-s1");
              assertThat(third.rank()).isEqualTo(3);
            });
    assertThat(report.comparisons())
        .filteredOn(pair -> pair.first() == 0 && pair.second() == 2)
        .singleElement()
        .satisfies(
            pair -> {
              assertThat(pair.difference()).isEqualTo(1);
              assertThat(pair.onlyFirst()).isEqualTo(12);
              assertThat(pair.pValue()).isEqualTo(2 * Math.pow(0.5, 12), offset(1e-12));
            });
    assertThat(report.comparisons()).hasSize(3);
  }

  @Test
  void greedyWithoutValidationImagesIsLeftOutAndNoted() throws IOException {
    run("a", 1, "", "1111");
    ExperimentResults report =
        compose(
            0,
            ensemble(null, null, null, Selection.GREEDY, 2),
            ensemble(null, null, null, null, null));

    assertThat(report.ensembles()).extracting(Ensemble::name).containsExactly("mean of all");
    assertThat(report.notes())
        .containsExactly(
            "Ensemble 'greedy 2 of all' is left out: members are selected on validation images, and there are none.");
  }

  @Test
  void runsThatDidNotCompleteAreLeftOutWithTheirWeights() throws IOException {
    run("a", 1, "1111", "1111");
    run("b", 1, "1111", "0011");
    ExperimentResults report =
        compose(
            4,
            ensemble(
                List.of("a", "gone-s1", "b-s1"),
                Fusion.WEIGHTED,
                List.of(2.0, 9.0, 1.0),
                null,
                null));

    assertThat(report.ensembles())
        .allSatisfy(
            ensemble -> {
              assertThat(ensemble.members()).containsExactly("a-s1", "b-s1");
              assertThat(ensemble.weights()).containsExactly(2.0, 1.0);
            });
    assertThat(report.notes()).singleElement().asString().contains("without gone-s1");
  }

  @Test
  void weightsOfTheOnlyEntryBelongToItsRuns() throws IOException {
    run("a", 1, "1111", "1111");
    run("a", 2, "1111", "0000");
    EnsembleSpec fits = ensemble(null, Fusion.WEIGHTED, List.of(1.0, 3.0), null, null);
    EnsembleSpec doesNot = ensemble(null, Fusion.WEIGHTED, List.of(1.0, 3.0, 1.0), null, null);
    EnsembleSpec negative = ensemble(null, Fusion.WEIGHTED, List.of(1.0, -3.0), null, null);
    EnsembleSpec none = ensemble(null, Fusion.WEIGHTED, null, null, null);
    ExperimentResults report = compose(4, fits, doesNot, negative, none);

    assertThat(report.ensembles())
        .filteredOn(ensemble -> ensemble.split() == SplitName.TEST)
        .singleElement()
        .matches(ensemble -> ensemble.measures().accuracy() == 0);
    assertThat(report.notes())
        .satisfiesExactly(
            count -> assertThat(count).contains("3 weights for 2 members"),
            sign -> assertThat(sign).contains("-3.0"),
            missing -> assertThat(missing).contains("no weights"));
  }

  @Test
  void membersOfOtherImagesAreRefused() {
    run("a", 1, "1111", "1111");
    run("b", 1, "1111", "111");

    assertThatThrownBy(() -> compose(4))
        .isInstanceOfSatisfying(
            PermanentFailureException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(FailureCode.OBJECT_CORRUPT);
              assertThat(e.failure().message()).contains("a-s1").contains("b-s1").contains("test");
            });
  }

  @Test
  void withoutCompletedRunsThereIsAReportAllTheSame() throws IOException {
    ExperimentResults report = compose(4, ensemble(null, null, null, null, null));

    assertThat(report.complete()).isTrue();
    assertThat(report.ensembles()).isEmpty();
    assertThat(report.notes()).singleElement().asString().contains("No run completed");
  }
}
