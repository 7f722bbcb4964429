package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.gateway.spec.Networks;
import io.tencrop.gateway.state.Curves;
import io.tencrop.messaging.Owner;
import java.time.Clock;
import java.util.UUID;

/** What follows from the other services' events; each call within a transaction. */
final class Orchestration {
  private final Ledger ledger;
  private final Curves curves;
  private final Clock clock;
  private final DataPhase data;
  private final TrainingPhase training;
  private final EvaluationPhase evaluation;
  private final Ending ending;

  Orchestration(Ledger ledger, Curves curves, Networks networks, Clock clock) {
    this.ledger = ledger;
    this.curves = curves;
    this.clock = clock;
    this.data = new DataPhase(ledger, networks, clock);
    this.training = new TrainingPhase(ledger, clock);
    this.evaluation = new EvaluationPhase(ledger, clock);
    this.ending = new Ending(ledger, clock);
  }

  void on(DatasetEvent event) {
    data.on(event);
  }

  void on(TrainingEvent event) {
    training.on(event);
  }

  void on(EvaluationEvent event) {
    evaluation.on(event);
  }

  void on(TrainingProgress report) {
    if (!curves.progress(report, clock.instant())) {
      training.begun(report.experimentId(), report.runId());
      curves.progress(report, clock.instant());
    }
  }

  /** The event cannot be handled, so what it belongs to has failed. */
  void cannotHandle(DatasetEvent event, Failure failure) {
    abandon(event.experimentId(), failure);
  }

  /** The event cannot be handled, so what it belongs to has failed. */
  void cannotHandle(TrainingEvent event, Failure failure) {
    training.fail(event.experimentId(), event.runId(), failure);
  }

  /** The event cannot be handled, so what it belongs to has failed. */
  void cannotHandle(EvaluationEvent event, Failure failure) {
    abandon(event.experimentId(), failure);
  }

  /** An event cannot be read, so what it belongs to has failed. */
  void cannotRead(Owner owner, Failure failure) {
    if (owner.runId() == null) {
      abandon(owner.experimentId(), failure);
    } else {
      training.fail(owner.experimentId(), owner.runId(), failure);
    }
  }

  private void abandon(UUID experimentId, Failure failure) {
    ledger
        .lock(experimentId)
        .filter(experiment -> !experiment.state().isFinal())
        .ifPresent(experiment -> ending.abandon(experiment, failure));
  }
}
