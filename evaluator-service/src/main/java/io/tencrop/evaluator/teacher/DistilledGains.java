package io.tencrop.evaluator.teacher;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Distillation;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.TeacherRef;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.evaluator.results.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Compares students with what their teachers' report says of these and of their members. */
public final class DistilledGains {
  private final Results results;

  DistilledGains(Results results) {
    this.results = results;
  }

  /**
   * The report with how much of its teacher's gain each group of students keeps, over each split in
   * each view; what cannot be told is noted.
   *
   * @param runs that completed
   */
  public ExperimentResults added(ExperimentResults report, List<Member> runs) throws IOException {
    Map<String, TeacherRef> teachers = new LinkedHashMap<>();
    for (Member run : runs) {
      TeacherSpec teacher = run.run().training().teacher();
      if (teacher != null) {
        teachers.put(run.run().group(), teacher.ref());
      }
    }
    if (teachers.isEmpty()) {
      return report;
    }
    List<Distillation> distillations = new ArrayList<>();
    List<String> notes = new ArrayList<>(report.notes());
    for (Map.Entry<String, TeacherRef> students : teachers.entrySet()) {
      Optional<ExperimentResults> source = results.find(students.getValue().experimentId());
      for (Group group : report.groups()) {
        if (group.group().equals(students.getKey())) {
          Optional<Distillation> gain =
              source.flatMap(other -> distillation(group, students.getValue(), other));
          gain.ifPresent(distillations::add);
          if (group.split() == SplitName.TEST) {
            objection(group, students.getValue(), gain).ifPresent(notes::add);
          }
        }
      }
    }
    return report.withDistillations(distillations, notes);
  }

  private static Optional<Distillation> distillation(
      Group students, TeacherRef ref, ExperimentResults source) {
    return TeacherModels.of(source, ref.ensemble(), students.view())
        .flatMap(teacher -> distillation(students, ref, teacher));
  }

  /** Empty unless the teacher and all of its members were tested in the students' view. */
  private static Optional<Distillation> distillation(
      Group students, TeacherRef ref, TeacherModels teacher) {
    List<String> members = teacher.members().stream().distinct().toList();
    List<Measures> alone =
        members.stream()
            .flatMap(member -> teacher.measures(member, students.split(), students.view()).stream())
            .toList();
    OptionalDouble single = alone.stream().mapToDouble(Measures::accuracy).average();
    Optional<Measures> together = teacher.measures(students.split(), students.view());
    if (together.isEmpty() || single.isEmpty() || alone.size() < members.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Distillation(
            students.group(),
            students.runs(),
            students.meanAccuracy(),
            ref.experimentId(),
            ref.ensemble(),
            together.get().accuracy(),
            members.size(),
            single.getAsDouble(),
            keptGain(students.meanAccuracy(), single.getAsDouble(), together.get().accuracy()),
            students.split(),
            students.view()));
  }

  /** Absent when there is no gain. */
  private static @Nullable Double keptGain(double student, double single, double teacher) {
    return teacher > single ? (student - single) / (teacher - single) : null;
  }

  private static Optional<String> objection(
      Group students, TeacherRef ref, Optional<Distillation> gain) {
    String view = students.view().label();
    if (gain.isEmpty()) {
      return Optional.of(
          "What group '%s' keeps of the gain of its teacher '%s' cannot be told in the view %s: the report of experiment %s does not have the teacher and all of its members in it."
              .formatted(students.group(), ref.ensemble(), view, ref.experimentId()));
    }
    if (gain.get().keptGain() == null) {
      return Optional.of(
          gain.get().members() == 1
              ? "Group '%s' keeps no share of a gain in the view %s: its teacher '%s' is a single model."
                  .formatted(students.group(), view, ref.ensemble())
              : "Group '%s' keeps no share of a gain in the view %s: its teacher '%s' is not better on test than its members are alone."
                  .formatted(students.group(), view, ref.ensemble()));
    }
    return Optional.empty();
  }
}
