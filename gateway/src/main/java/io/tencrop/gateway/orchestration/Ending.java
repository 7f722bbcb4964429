package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.event.TrainingControl.CancelExperiment;
import io.tencrop.gateway.state.Checkpoint;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Sees when an experiment's runs have ended, and brings it to its own end. */
final class Ending {
  /** Of all runs together that a request for a report has the curves of, to stay well sized. */
  private static final int MOST_EPOCHS = 10_000;

  private final Ledger ledger;
  private final Telling telling;
  private final Evaluations evaluations;

  Ending(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.telling = new Telling(ledger, clock);
    this.evaluations = new Evaluations(ledger);
  }

  /**
   * Look at the runs after one of them has changed: the experiment moves on when none is left to
   * train, and asks for its report when all have ended.
   */
  void check(Experiment experiment) {
    List<Run> runs = ledger.runs(experiment.id());
    if (runs.stream().allMatch(run -> run.state() == State.FAILED)) {
      telling.fail(experiment, everyRunFailed(runs));
      return;
    }
    if (experiment.state() == State.RUNNING && runs.stream().allMatch(Ending::trained)) {
      telling.become(experiment, State.EVALUATING, "Evaluating");
    }
    if (runs.stream().allMatch(run -> run.state().isFinal())) {
      compose(experiment, runs);
    }
  }

  /** A run that is trained and waits for no evaluation any more is complete. */
  void evaluated(Experiment experiment, Run run) {
    if (run.state() == State.EVALUATING && !evaluations.waitsFor(experiment, run)) {
      telling.become(experiment, run, State.COMPLETED, Notes.after("Completed", run));
    }
    check(experiment);
  }

  /** The report is there: the experiment ends, well or with the runs that failed named. */
  void reported(Experiment experiment) {
    List<Run> failed =
        ledger.runs(experiment.id()).stream().filter(run -> run.state() == State.FAILED).toList();
    if (failed.isEmpty()) {
      telling.become(experiment, State.COMPLETED, "Completed");
    } else {
      Failure first = Objects.requireNonNull(failed.get(0).failure());
      telling.fail(
          experiment,
          new Failure(
              first.code(),
              "%s failed; the report has the other runs. %s"
                  .formatted(names(failed), causes(failed))));
    }
  }

  /** The experiment cannot go on: it fails, and all its runs that have not ended with it. */
  void abandon(Experiment experiment, Failure failure) {
    if (experiment.state() == State.RUNNING) {
      ledger.send(Topics.TRAINING_CONTROL, experiment.id(), new CancelExperiment(experiment.id()));
    }
    for (Run run : ledger.runs(experiment.id())) {
      if (!run.state().isFinal()) {
        telling.fail(experiment, run, failure);
      }
    }
    telling.fail(experiment, failure);
  }

  private void compose(Experiment experiment, List<Run> runs) {
    List<Run> completed = runs.stream().filter(run -> run.state() == State.COMPLETED).toList();
    boolean curves =
        completed.stream().mapToLong(run -> run.spec().training().epochs()).sum() <= MOST_EPOCHS;
    List<Member> members = new ArrayList<>();
    for (Run run : completed) {
      members.add(member(experiment, run, curves));
    }
    ledger.send(
        Topics.EVALUATION_REQUESTS,
        experiment.id(),
        new ComposeReport(
            experiment.id(),
            experiment.name(),
            experiment.spec().dataset(),
            Objects.requireNonNull(experiment.prepared()),
            experiment.spec().evaluation(),
            members));
  }

  private Member member(Experiment experiment, Run run, boolean curves) {
    List<Checkpoint> all = ledger.checkpoints(run.id());
    List<Checkpoint> checkpoints = Choice.upTo(run.headStep(), all);
    CheckpointRef representative =
        Choice.representative(experiment.spec().evaluation().checkpoints(), checkpoints).ref();
    return new Member(
        run.id(),
        run.spec(),
        representative,
        Choice.evaluatedEpochs(checkpoints).stream().map(Checkpoint::ref).toList(),
        all.stream().filter(Checkpoint::isAverage).map(Checkpoint::ref).findFirst().orElse(null),
        curves ? ledger.epochs(run.id(), representative.step()) : List.of());
  }

  private static boolean trained(Run run) {
    return run.state() == State.EVALUATING || run.state().isFinal();
  }

  private static Failure everyRunFailed(List<Run> runs) {
    Failure first = Objects.requireNonNull(runs.get(0).failure());
    return new Failure(
        first.code(), runs.size() == 1 ? first.message() : "Every run failed. " + causes(runs));
  }

  private static String names(List<Run> runs) {
    return runs.stream().map(run -> run.spec().name()).collect(Collectors.joining(", "));
  }

  private static String causes(List<Run> failed) {
    return failed.stream()
        .limit(5)
        .map(run -> run.spec().name() + ": " + run.reason())
        .collect(Collectors.joining("; "));
  }
}
