package io.tencrop.evaluator.report;

import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.SwaSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which averages of weights are not what the plan asked for, and why. */
final class AverageNotes {
  private AverageNotes() {}

  static List<String> of(ComposeReport request) {
    SwaSpec swa = request.plan().swa();
    if (swa == null) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    for (Member member : request.members()) {
      CheckpointRef average = member.swa();
      if (average == null) {
        notes.add(
            "Run %s has no average of its weights: it has fewer than two epochs."
                .formatted(member.run().name()));
      } else if (!Objects.equals(average.averagedEpochs(), swa.lastEpochs())) {
        notes.add(
            "The average of the weights of run %s is over %d epochs, not %d: it has no more."
                .formatted(member.run().name(), average.averagedEpochs(), swa.lastEpochs()));
      }
    }
    return notes;
  }
}
