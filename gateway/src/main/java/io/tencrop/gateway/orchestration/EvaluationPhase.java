package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.api.State;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointEvaluated;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointsAveraged;
import io.tencrop.contracts.event.EvaluationEvent.EvaluationFailed;
import io.tencrop.contracts.event.EvaluationEvent.ReportComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherFailed;
import io.tencrop.gateway.state.Checkpoint;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** From the evaluation of single checkpoints to the report. */
final class EvaluationPhase {
  private final Ledger ledger;
  private final Telling telling;
  private final Ending ending;
  private final Beginning beginning;
  private final Evaluations evaluations;

  EvaluationPhase(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.telling = new Telling(ledger, clock);
    this.ending = new Ending(ledger, clock);
    this.beginning = new Beginning(ledger, clock);
    this.evaluations = new Evaluations(ledger);
  }

  /** What follows from an event of the evaluator. */
  void on(EvaluationEvent event) {
    Experiment experiment = ledger.lock(event.experimentId()).orElse(null);
    if (experiment == null || experiment.state().isFinal()) {
      return;
    }
    if (event instanceof CheckpointEvaluated evaluated) {
      evaluated(experiment, evaluated);
    } else if (event instanceof CheckpointsAveraged averaged) {
      averaged(experiment, averaged);
    } else if (event instanceof ReportComposed) {
      if (experiment.state() == State.EVALUATING && allEnded(experiment)) {
        ending.reported(experiment);
      }
    } else if (event instanceof TeacherComposed composed) {
      beginning.on(experiment, composed);
    } else if (event instanceof TeacherFailed failed) {
      beginning.on(experiment, failed);
    } else if (event instanceof EvaluationFailed failed) {
      failed(experiment, failed);
    }
  }

  private void evaluated(Experiment experiment, CheckpointEvaluated event) {
    Run run = unended(experiment, event.runId()).orElse(null);
    if (run == null) {
      return;
    }
    ledger.checkpoints(run.id()).stream()
        .filter(checkpoint -> checkpoint.ref().id().equals(event.checkpointId()))
        .forEach(Checkpoint::evaluated);
    if (run.state() == State.EVALUATING) {
      ending.evaluated(experiment, run);
    }
  }

  /** A run has one average: of two that differ in their last bits, the one that came first. */
  private void averaged(Experiment experiment, CheckpointsAveraged event) {
    Run run = unended(experiment, event.runId()).orElse(null);
    if (run == null || ledger.checkpoints(run.id()).stream().anyMatch(Checkpoint::isAverage)) {
      return;
    }
    Checkpoint average = new Checkpoint(run.id(), event.average(), null);
    ledger.add(average);
    evaluations.evaluate(experiment, run, average);
  }

  private void failed(Experiment experiment, EvaluationFailed event) {
    UUID runId = event.runId();
    if (runId == null) {
      ending.abandon(experiment, event.failure());
      return;
    }
    unended(experiment, runId)
        .ifPresent(
            run -> {
              telling.fail(experiment, run, event.failure());
              ending.check(experiment);
            });
  }

  private Optional<Run> unended(Experiment experiment, UUID runId) {
    return ledger.run(experiment.id(), runId).filter(run -> !run.state().isFinal());
  }

  private boolean allEnded(Experiment experiment) {
    return ledger.runs(experiment.id()).stream().allMatch(run -> run.state().isFinal());
  }
}
