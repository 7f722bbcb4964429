package io.tencrop.evaluator.diagnosis;

import io.tencrop.contracts.api.RunDiagnosis;
import io.tencrop.contracts.api.RunDiagnosis.Kind;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.vision.diagnosis.Diagnosis;
import io.tencrop.vision.diagnosis.Finding;
import io.tencrop.vision.diagnosis.GradientFlow;
import io.tencrop.vision.evaluation.LossChange;
import io.tencrop.vision.evaluation.Margins;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Diagnoses as the API tells them. */
final class Diagnoses {
  private Diagnoses() {}

  /** Of a run. */
  static RunDiagnosis of(
      Member member, @Nullable CheckpointRef first, ViewSpec view, Diagnosis diagnosis) {
    List<RunDiagnosis.Finding> findings =
        diagnosis.findings().stream().map(Diagnoses::finding).toList();
    return new RunDiagnosis(
        member.runId(),
        member.run().name(),
        first,
        member.checkpoint(),
        view,
        findings.get(0),
        findings.subList(1, findings.size()),
        diagnosis.guessing().loss(),
        change(diagnosis.change()),
        margins(diagnosis.marginsBefore()),
        new RunDiagnosis.Margins(
            Arrays.stream(diagnosis.margins().counts()).boxed().toList(),
            diagnosis.margins().near()),
        new RunDiagnosis.WorstImages(diagnosis.worst().images(), diagnosis.worst().share()),
        diagnosis.temperature(),
        diagnosis.lossAtTemperature(),
        diagnosis.overfittingFrom(),
        flow(diagnosis.gradients()));
  }

  private static RunDiagnosis.Finding finding(Finding finding) {
    return new RunDiagnosis.Finding(Kind.valueOf(finding.kind().name()), finding.sentence());
  }

  private static RunDiagnosis.@Nullable LossChange change(@Nullable LossChange change) {
    return change == null
        ? null
        : new RunDiagnosis.LossChange(
            change.before(),
            change.after(),
            change.standardError(),
            change.accuracyBefore(),
            change.accuracyAfter(),
            change.pValue(),
            part(change.staysRight()),
            part(change.staysWrong()),
            part(change.turnsRight()),
            part(change.turnsWrong()));
  }

  private static RunDiagnosis.Part part(LossChange.Part part) {
    return new RunDiagnosis.Part(part.images(), part.change());
  }

  private static RunDiagnosis.@Nullable Margins margins(@Nullable Margins margins) {
    return margins == null
        ? null
        : new RunDiagnosis.Margins(
            Arrays.stream(margins.counts()).boxed().toList(), margins.near());
  }

  private static RunDiagnosis.@Nullable GradientFlow flow(@Nullable GradientFlow flow) {
    return flow == null
        ? null
        : new RunDiagnosis.GradientFlow(
            flow.epoch(), flow.firstParameter(), flow.first(), flow.lastParameter(), flow.last());
  }
}
