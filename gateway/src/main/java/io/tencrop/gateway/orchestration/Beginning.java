package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationEvent.TeacherComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherFailed;
import io.tencrop.contracts.event.EvaluationRequest.ComposeTeacher;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TeacherRef;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sends runs their first segment: at once, or when what their teacher answers is there. */
final class Beginning {
  private final Ledger ledger;
  private final Telling telling;
  private final Ending ending;

  Beginning(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.telling = new Telling(ledger, clock);
    this.ending = new Ending(ledger, clock);
  }

  /** Why a run cannot learn from its teacher over this data; empty when it can, or has none. */
  Optional<Failure> objection(RunSpec run, PreparedDataset dataset) {
    TeacherSpec teacher = run.training().teacher();
    if (teacher == null) {
      return Optional.empty();
    }
    Optional<String> known =
        ledger
            .find(UUID.fromString(teacher.experiment()))
            .flatMap(experiment -> Optional.ofNullable(experiment.prepared()))
            .map(PreparedDataset::id);
    return known.equals(Optional.of(dataset.id()))
        ? Optional.empty()
        : Optional.of(
            new Failure(
                FailureCode.TEACHER_INVALID,
                "the teacher was trained on the prepared data %s, and this is %s: the data set has changed since. Train the teacher again, then submit this experiment again"
                    .formatted(known.orElse("of nobody knows what"), dataset.id())));
  }

  /** Starts runs whose data is there; asks each of their teachers once. */
  void begin(Experiment experiment, List<Run> runs) {
    Set<TeacherRef> asked = new LinkedHashSet<>();
    for (Run run : runs) {
      TeacherSpec teacher = run.spec().training().teacher();
      if (teacher == null) {
        start(experiment, run);
      } else {
        run.explain("Waiting for what its teacher '%s' answers".formatted(teacher.ensemble()));
        telling.run(experiment, run);
        asked.add(teacher.ref());
      }
    }
    for (TeacherRef teacher : asked) {
      ledger.send(
          Topics.EVALUATION_REQUESTS,
          experiment.id(),
          new ComposeTeacher(experiment.id(), prepared(experiment), teacher));
    }
  }

  /** The students of the teacher can start. */
  void on(Experiment experiment, TeacherComposed event) {
    for (Run run : students(experiment, event.teacher())) {
      run.taught(event.answers());
      start(experiment, run);
    }
  }

  /** The students of the teacher cannot start. */
  void on(Experiment experiment, TeacherFailed event) {
    List<Run> students = students(experiment, event.teacher());
    students.forEach(run -> telling.fail(experiment, run, event.failure()));
    if (!students.isEmpty()) {
      ending.check(experiment);
    }
  }

  /** Those that wait for the teacher. */
  private List<Run> students(Experiment experiment, TeacherRef teacher) {
    return ledger.runs(experiment.id()).stream()
        .filter(run -> run.state() == State.QUEUED && waitsFor(run.spec(), teacher))
        .toList();
  }

  private static boolean waitsFor(RunSpec run, TeacherRef teacher) {
    TeacherSpec own = run.training().teacher();
    return own != null && own.answers() == null && own.ref().equals(teacher);
  }

  private void start(Experiment experiment, Run run) {
    ledger.send(
        Topics.TRAINING_SEGMENTS,
        run.id(),
        new TrainSegment(
            experiment.id(),
            run.id(),
            run.spec(),
            prepared(experiment),
            experiment.spec().evaluation().checkpoints(),
            null,
            experiment.spec().evaluation().swa()));
    run.explain("Waiting for a trainer");
    telling.run(experiment, run);
  }

  private static PreparedDataset prepared(Experiment experiment) {
    return Objects.requireNonNull(experiment.prepared());
  }
}
