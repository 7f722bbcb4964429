package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.Topics;
import io.tencrop.contracts.event.EvaluationRequest.AverageCheckpoints;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.gateway.state.Checkpoint;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import java.util.List;
import java.util.Objects;

/** What the evaluator is asked for before the report. */
final class Evaluations {
  private final Ledger ledger;

  Evaluations(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Ask for a checkpoint's results, once. */
  void evaluate(Experiment experiment, Run run, Checkpoint checkpoint) {
    if (checkpoint.requestEvaluation()) {
      ledger.send(
          Topics.EVALUATION_REQUESTS,
          experiment.id(),
          new EvaluateCheckpoint(
              experiment.id(),
              run.id(),
              run.spec(),
              Objects.requireNonNull(experiment.prepared()),
              checkpoint.ref(),
              experiment.spec().evaluation().views()));
    }
  }

  /** Ask for the average of a run that has just been trained, if the plan wants it. */
  void average(Experiment experiment, Run run) {
    List<Checkpoint> averaged = averaged(experiment, run, ledger.checkpoints(run.id()));
    if (!averaged.isEmpty()) {
      ledger.send(
          Topics.EVALUATION_REQUESTS,
          experiment.id(),
          new AverageCheckpoints(
              experiment.id(),
              run.id(),
              run.spec(),
              Objects.requireNonNull(experiment.prepared()),
              averaged.stream().map(Checkpoint::ref).toList()));
    }
  }

  /** Whether anything that was asked for of a run that is trained is not there yet. */
  boolean waitsFor(Experiment experiment, Run run) {
    List<Checkpoint> checkpoints = ledger.checkpoints(run.id());
    return checkpoints.stream()
            .anyMatch(checkpoint -> checkpoint.evaluation() == Checkpoint.Evaluation.REQUESTED)
        || (checkpoints.stream().noneMatch(Checkpoint::isAverage)
            && !averaged(experiment, run, checkpoints).isEmpty());
  }

  private static List<Checkpoint> averaged(
      Experiment experiment, Run run, List<Checkpoint> checkpoints) {
    return Choice.averaged(
        experiment.spec().evaluation().swa(), Choice.upTo(run.headStep(), checkpoints));
  }
}
