package io.tencrop.evaluator.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.RunDiagnosis;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.ParameterNorm;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.bank.BankKey;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.evaluation.LogitBank;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunDiagnosesTest {
  private static final InputSpec INPUT = new InputSpec(null, TrainCrop.CENTER, null);
  private static final CheckpointRef FIRST = new CheckpointRef("c0", 1, 1, "first");
  private static final CheckpointRef LAST = new CheckpointRef("c1", 2, 2, "last");

  private final Map<BankKey, LogitBank> bank = new HashMap<>();
  private final RunDiagnoses diagnoses =
      new RunDiagnoses(key -> Optional.ofNullable(bank.get(key)));

  private static ComposeReport request(long validation) {
    RunSpec run =
        new RunSpec(
            "shallow-s1",
            "shallow",
            new ArchitectureSpec("shallow", Map.of()),
            1,
            TrainingSpec.defaults(),
            INPUT);
    List<ParameterNorm> norms =
        List.of(
            new ParameterNorm("fc1.weight", 1e-6f, 2), new ParameterNorm("fc2.weight", 0.5f, 1));
    Member member =
        new Member(
            new UUID(3, 1),
            run,
            LAST,
            List.of(FIRST, LAST),
            null,
            List.of(
                new EpochMetrics(1, 1, 0.70, 0.5, 0.7, 0.5, null),
                new EpochMetrics(2, 2, 0.66, 0.5, 0.68, 0.5, norms)));
    return new ComposeReport(
        new UUID(1, 2),
        "name",
        "data",
        new PreparedDataset(
            "prepared",
            "0".repeat(64),
            List.of("a", "b"),
            1,
            8,
            8,
            Map.of(SplitName.VALIDATION, validation, SplitName.TEST, 4L),
            null,
            List.of()),
        new EvaluationSpec(null, null, null, null),
        List.of(member));
  }

  private static ExperimentResults report() {
    return new ExperimentResults(
        new UUID(1, 2),
        "name",
        "data",
        null,
        true,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of("before"),
        List.of(),
        List.of(),
        List.of());
  }

  /** 40 images of two classes in turns; the first 24 are right with this logit, the rest wrong. */
  private void answers(CheckpointRef checkpoint, float logit) {
    float[] logits = new float[80];
    int[] labels = new int[40];
    long[] ids = new long[40];
    for (int i = 0; i < 40; i++) {
      labels[i] = i % 2;
      ids[i] = i;
      logits[2 * i + labels[i]] = i < 24 ? logit : -0.05f;
    }
    bank.put(
        BankKey.of(
            checkpoint.weightsSha256(), "prepared", INPUT, SplitName.VALIDATION, ViewSpec.CENTER),
        new LogitBank(1, 2, logits, labels, ids));
  }

  @Test
  void aRunIsDiagnosedByItsFirstAndItsLastCheckpoint() throws IOException {
    answers(FIRST, 0.1f);
    answers(LAST, 0.3f);
    ExperimentResults added = diagnoses.added(request(40), report());
    RunDiagnosis diagnosis = added.diagnoses().get(0);

    assertThat(added.notes()).containsExactly("before");
    assertThat(diagnosis.run()).isEqualTo("shallow-s1");
    assertThat(diagnosis.first()).isEqualTo(FIRST);
    assertThat(diagnosis.checkpoint()).isEqualTo(LAST);
    assertThat(diagnosis.verdict().kind()).isEqualTo(RunDiagnosis.Kind.LOSS_FALLS_ALONE);
    assertThat(diagnosis.verdict().sentence())
        .contains("already-right images become surer (100.0 % of the fall); no image changes side");
    assertThat(diagnosis.findings())
        .extracting(RunDiagnosis.Finding::kind)
        .contains(RunDiagnosis.Kind.VANISHING_GRADIENT);
    assertThat(diagnosis.guessingLoss()).isEqualTo(Math.log(2), offset(1e-12));
    assertThat(diagnosis.change().staysRight().images()).isEqualTo(24);
    assertThat(diagnosis.change().staysWrong().change()).isZero();
    assertThat(diagnosis.margins().counts()).hasSize(20);
    assertThat(diagnosis.gradients().first()).isEqualTo(5e-7, offset(1e-12));
  }

  @Test
  void aFirstCheckpointThatTheBankNoLongerHasIsNotCompared() throws IOException {
    answers(LAST, 0.3f);
    RunDiagnosis diagnosis = diagnoses.added(request(40), report()).diagnoses().get(0);

    assertThat(diagnosis.first()).isNull();
    assertThat(diagnosis.change()).isNull();
    assertThat(diagnosis.marginsBefore()).isNull();
    assertThat(diagnosis.verdict().kind()).isEqualTo(RunDiagnosis.Kind.CLASSES_INTERMIXED);
  }

  @Test
  void theCheckpointThatStandsForTheRunMustBeThere() {
    answers(FIRST, 0.3f);
    assertThatThrownBy(() -> diagnoses.added(request(40), report()))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("shallow-s1");
  }

  @Test
  void withoutValidationImagesANoteSaysSo() throws IOException {
    ExperimentResults added = diagnoses.added(request(0), report());

    assertThat(added.diagnoses()).isEmpty();
    assertThat(added.notes())
        .containsExactly(
            "before", "Runs are not diagnosed: that takes validation images, and there are none.");
  }
}
