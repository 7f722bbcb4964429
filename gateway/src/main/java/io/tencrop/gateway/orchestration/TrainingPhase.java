package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingEvent.CheckpointPublished;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.event.TrainingEvent.SegmentFailed;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.gateway.state.Checkpoint;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From a run's first segment to its last, and to the request that it be evaluated. */
final class TrainingPhase {
  private final Ledger ledger;
  private final Telling telling;
  private final Ending ending;
  private final Evaluations evaluations;

  TrainingPhase(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.telling = new Telling(ledger, clock);
    this.ending = new Ending(ledger, clock);
    this.evaluations = new Evaluations(ledger);
  }

  /** What follows from an event of a trainer. */
  void on(TrainingEvent event) {
    Experiment experiment = ledger.lock(event.experimentId()).orElse(null);
    if (experiment == null || experiment.state() != State.RUNNING) {
      return;
    }
    Run run = ledger.run(experiment.id(), event.runId()).orElse(null);
    if (run == null || (run.state() != State.QUEUED && run.state() != State.RUNNING)) {
      return;
    }
    if (event instanceof CheckpointPublished published) {
      published(experiment, run, published);
    } else if (event instanceof SegmentCompleted completed) {
      completed(experiment, run, completed);
    } else if (event instanceof SegmentFailed failed) {
      failed(experiment, run, failed);
    }
  }

  /** A run's trainer has reported for the first time. */
  void begun(UUID experimentId, UUID runId) {
    Experiment experiment = ledger.lock(experimentId).orElse(null);
    if (experiment == null || experiment.state() != State.RUNNING) {
      return;
    }
    ledger
        .run(experimentId, runId)
        .filter(run -> run.state() == State.QUEUED)
        .ifPresent(run -> telling.become(experiment, run, State.RUNNING, "Training"));
  }

  private void published(Experiment experiment, Run run, CheckpointPublished event) {
    Checkpoint checkpoint = store(run, event.checkpoint(), event.metrics());
    if (plan(experiment).checkpoints() == CheckpointPolicy.EVERY_EPOCH) {
      evaluations.evaluate(experiment, run, checkpoint);
    }
  }

  private void completed(Experiment experiment, Run run, SegmentCompleted event) {
    if (!run.advance(event)) {
      return;
    }
    ledger.save(run.id(), event.points(), event.epochs());
    Checkpoint head = store(run, event.head(), epochEndingAt(event.head(), event.epochs()));
    if (run.state() == State.QUEUED) {
      run.become(State.RUNNING, "Training");
    }
    telling.metrics(experiment, run, event.points(), event.epochs());
    if (event.runCompleted()) {
      telling.become(
          experiment, run, State.EVALUATING, Notes.after("Trained; being evaluated", run));
      Choice.wanted(
              plan(experiment).checkpoints(),
              Choice.upTo(head.step(), ledger.checkpoints(run.id())))
          .forEach(checkpoint -> evaluations.evaluate(experiment, run, checkpoint));
      evaluations.average(experiment, run);
      // Where every epoch is evaluated, the last evaluation may have ended before its segment did.
      ending.evaluated(experiment, run);
    } else {
      if (plan(experiment).checkpoints() == CheckpointPolicy.EVERY_EPOCH
          && head.metrics() != null) {
        evaluations.evaluate(experiment, run, head);
      }
      ledger.send(
          Topics.TRAINING_SEGMENTS,
          run.id(),
          new TrainSegment(
              experiment.id(),
              run.id(),
              run.spec(),
              Objects.requireNonNull(experiment.prepared()),
              plan(experiment).checkpoints(),
              event.head(),
              plan(experiment).swa()));
      telling.run(experiment, run);
    }
  }

  /** The run cannot go on, whichever segment it was at. */
  void fail(UUID experimentId, UUID runId, Failure failure) {
    Experiment experiment = ledger.lock(experimentId).orElse(null);
    if (experiment == null || experiment.state().isFinal()) {
      return;
    }
    ledger
        .run(experimentId, runId)
        .filter(run -> !run.state().isFinal())
        .ifPresent(
            run -> {
              telling.fail(experiment, run, failure);
              ending.check(experiment);
            });
  }

  private void failed(Experiment experiment, Run run, SegmentFailed event) {
    if (!Objects.equals(run.headId(), event.parentId())) {
      return;
    }
    telling.fail(experiment, run, event.failure());
    ending.check(experiment);
  }

  private Checkpoint store(Run run, CheckpointRef ref, @Nullable EpochMetrics metrics) {
    for (Checkpoint known : ledger.checkpoints(run.id())) {
      if (known.step() == ref.step() && !known.isAverage()) {
        known.measured(metrics);
        return known;
      }
    }
    Checkpoint checkpoint = new Checkpoint(run.id(), ref, metrics);
    ledger.add(checkpoint);
    return checkpoint;
  }

  private static EvaluationSpec plan(Experiment experiment) {
    return experiment.spec().evaluation();
  }

  private static @Nullable EpochMetrics epochEndingAt(
      CheckpointRef head, List<EpochMetrics> epochs) {
    return epochs.stream().filter(epoch -> epoch.step() == head.step()).findFirst().orElse(null);
  }
}
