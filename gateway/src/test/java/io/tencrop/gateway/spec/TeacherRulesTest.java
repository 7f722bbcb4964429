package io.tencrop.gateway.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.contracts.api.State;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.gateway.spec.KnownTeachers.Teacher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeacherRulesTest {
  private static final String TEACHERS =
      """
      name: teachers
      dataset: d
      preparation: {resize: 36, crop: 32, channels: 1}
      runs: [{architecture: small, seeds: [1, 2]}]
      evaluation:
        ensembles: [{name: both}, {name: by vote, fusion: vote}]
      """;

  private static final String STUDENT =
      """
      name: student
      dataset: d
      preparation: {resize: 36, crop: 28, channels: 1, normalize: computed}
      runs:
        - architecture: wide
          teacher: %s
      """;

  private final UUID running = UUID.randomUUID();
  private final SpecReader reader = reader(this::find);

  private static SpecReader reader(KnownTeachers teachers) {
    return new SpecReader(new Shape(), new FewNetworks(), id -> Optional.empty(), teachers);
  }

  private static ExperimentSpec spec(String yaml) {
    try {
      return reader(id -> Optional.empty()).read(yaml.getBytes(UTF_8), SpecFormat.YAML);
    } catch (InvalidSpecException e) {
      throw new IllegalArgumentException(e.violations().toString(), e);
    }
  }

  private Optional<Teacher> find(String idOrName) {
    return switch (idOrName) {
      case "teachers" -> Optional.of(Teachers.completed(spec(TEACHERS)));
      case "still running" ->
          Optional.of(new Teacher(running, State.RUNNING, spec(TEACHERS), null));
      default -> Optional.empty();
    };
  }

  @Test
  void aNameBecomesTheIdOfTheExperiment() throws InvalidSpecException {
    ExperimentSpec read =
        reader.read(
            STUDENT.formatted("{experiment: teachers, ensemble: both}").getBytes(UTF_8),
            SpecFormat.YAML);
    String id = Teachers.completed(spec(TEACHERS)).id().toString();
    assertThat(Expansion.runs(read))
        .singleElement()
        .satisfies(
            run ->
                assertThat(run.training().teacher())
                    .isEqualTo(new TeacherSpec(id, "both", 4, 0.9, null)));
    ExperimentSpec ofRun =
        reader.read(
            STUDENT
                .formatted("{experiment: teachers, ensemble: small-s2, temperature: 2, weight: 1}")
                .getBytes(UTF_8),
            SpecFormat.YAML);
    assertThat(ofRun.runs().get(0).training().teacher())
        .isEqualTo(new TeacherSpec(id, "small-s2", 2, 1, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{experiment: nobody, ensemble: both} | /experiment | there is no experiment 'nobody'",
        "{experiment: still running, ensemble: both} | /experiment | is RUNNING; a teacher's must be completed",
        "{experiment: teachers, ensemble: boht} | /ensemble | no ensemble or run 'boht'; did you mean 'both'? Known: both, by vote, small-s1, small-s2",
        "{experiment: teachers, ensemble: by vote} | /ensemble | 'by vote' votes, which says little",
        "{experiment: teachers} | /ensemble | is missing",
        "{ensemble: both} | /experiment | is missing",
        "{experiment: teachers, ensemble: both, temperature: 0} | /temperature | must be greater than 0",
        "{experiment: teachers, ensemble: both, weight: 0} | /weight | must be greater than 0",
        "{experiment: teachers, ensemble: both, weight: 1.5} | /weight | must be at most 1",
        "{experiment: teachers, ensemble: both, answers: x} | /answers | unknown field"
      })
  void aTeacherMustBeThere(String teacher, String pointer, String detail) {
    assertViolation(STUDENT.formatted(teacher), "/runs/0/teacher" + pointer, detail);
  }

  @Test
  void aTeacherKnowsTheSameTrainingImagesAndNoOthers() {
    String student = STUDENT.formatted("{experiment: teachers, ensemble: both}");
    String at = "/runs/0/teacher/experiment";
    assertViolation(
        student.replace("dataset: d", "dataset: e"),
        at,
        "on the data set 'd'; a teacher must know");
    for (String other :
        new String[] {
          "resize: 40", "resize: 36, split: {train: 0.7, validation: 0.1, test: 0.2}"
        }) {
      assertViolation(student.replace("resize: 36", other), at, "its images are stored otherwise");
    }
  }

  @Test
  void teachersThatCannotBeLookedUpAreNoViolation() {
    SpecReader cut =
        reader(
            id -> {
              throw new IOException("the evaluator is away");
            });
    assertThatThrownBy(
            () ->
                cut.read(
                    STUDENT.formatted("{experiment: teachers, ensemble: both}").getBytes(UTF_8),
                    SpecFormat.YAML))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("the evaluator is away");
  }

  private void assertViolation(String yaml, String pointer, String detail) {
    assertThatThrownBy(() -> reader.read(yaml.getBytes(UTF_8), SpecFormat.YAML))
        .isInstanceOfSatisfying(
            InvalidSpecException.class,
            e ->
                assertThat(e.violations())
                    .singleElement()
                    .satisfies(
                        violation -> {
                          assertThat(violation.pointer()).isEqualTo(pointer);
                          assertThat(violation.detail()).contains(detail);
                        }));
  }
}
