package io.tencrop.evaluator.diagnosis;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.RunDiagnosis;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.ParameterNorm;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.bank.LogitSource;
import io.tencrop.vision.diagnosis.Curve;
import io.tencrop.vision.diagnosis.Diagnosis;
import io.tencrop.vision.diagnosis.Epoch;
import io.tencrop.vision.diagnosis.GradientFlow;
import io.tencrop.vision.diagnosis.RunFacts;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Predictions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Diagnoses the runs of a report from their curves and the bank's logits for the validation images.
 * Compared are the earliest checkpoint that was evaluated and the one that stands for the run.
 */
public final class RunDiagnoses {
  /** The network that is a single linear layer. */
  private static final String STRAIGHT = "logistic";

  private final ValidationAnswers answers;

  RunDiagnoses(LogitSource bank) {
    this.answers = new ValidationAnswers(bank);
  }

  /**
   * The report with a diagnosis of each run; without validation images with a note why not.
   *
   * @throws io.tencrop.messaging.PermanentFailureException when the bank lacks what it needs
   */
  public ExperimentResults added(ComposeReport request, ExperimentResults report)
      throws IOException {
    if (request.members().isEmpty()) {
      return report;
    }
    if (request.dataset().counts().getOrDefault(SplitName.VALIDATION, 0L) == 0) {
      List<String> notes = new ArrayList<>(report.notes());
      notes.add("Runs are not diagnosed: that takes validation images, and there are none.");
      return report.withDiagnoses(List.of(), notes);
    }
    List<RunDiagnosis> diagnoses = new ArrayList<>();
    for (Member member : request.members()) {
      diagnoses.add(diagnose(request, member));
    }
    return report.withDiagnoses(diagnoses, report.notes());
  }

  private RunDiagnosis diagnose(ComposeReport request, Member member) throws IOException {
    ViewSpec view = ValidationAnswers.view(request);
    CheckpointRef checkpoint = member.checkpoint();
    CheckpointRef first = earliest(member);
    Optional<LogitBank> before =
        first == null ? Optional.empty() : answers.find(request, member, first);
    Diagnosis diagnosis =
        Diagnosis.of(
            new RunFacts(
                member.run().architecture().name().equals(STRAIGHT),
                curve(member),
                checkpoint.epoch(),
                before.map(Predictions::of).orElse(null),
                answers.get(request, member),
                request.dataset().classes(),
                gradients(member)));
    return Diagnoses.of(member, before.isPresent() ? first : null, view, diagnosis);
  }

  /** Before the checkpoint that stands for the run; null when no other was evaluated. */
  private static @Nullable CheckpointRef earliest(Member member) {
    return member.epochs().stream()
        .filter(epoch -> epoch.step() < member.checkpoint().step())
        .findFirst()
        .orElse(null);
  }

  private static Curve curve(Member member) {
    return new Curve(
        member.curve().stream()
            .map(
                epoch ->
                    new Epoch(
                        epoch.epoch(),
                        epoch.trainLoss(),
                        epoch.trainAccuracy(),
                        epoch.validationLoss(),
                        epoch.validationAccuracy()))
            .toList());
  }

  private static @Nullable GradientFlow gradients(Member member) {
    for (EpochMetrics epoch : member.curve()) {
      List<ParameterNorm> norms = epoch.norms();
      if (norms != null) {
        return GradientFlow.of(
                epoch.epoch(),
                norms.stream()
                    .map(norm -> new GradientFlow.Norm(norm.name(), norm.gradient(), norm.value()))
                    .toList())
            .orElse(null);
      }
    }
    return null;
  }
}
