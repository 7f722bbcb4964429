package io.tencrop.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.EnsembleSpec.Selection;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.contracts.spec.ViewSpec;
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
            null));
    bank.put(key(weights, SplitName.VALIDATION), answers(validation));
    bank.put(key(weights, SplitName.TEST), answers(test));
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
  void namesSayWhatTheEnsembleIs() {
    assertThat(EnsembleMembers.name(ensemble(null, null, null, null, null)))
        .isEqualTo("mean of all");
    assertThat(
            EnsembleMembers.name(
                ensemble(List.of("a", "b-s1"), Fusion.WEIGHTED, List.of(1.0, 2.0), null, null)))
        .isEqualTo("weighted mean of a, b-s1");
    assertThat(EnsembleMembers.name(ensemble(null, Fusion.VOTE, null, Selection.GREEDY, 5)))
        .isEqualTo("greedy 5 vote of all");
    assertThat(EnsembleMembers.name(ensemble(null, null, null, Selection.GREEDY, null)))
        .isEqualTo("greedy of all");
    assertThat(
            EnsembleMembers.name(
                new EnsembleSpec("x", null, null, null, null, null, null, null, null)))
        .isEqualTo("x");
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
