package io.tencrop.evaluator.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Distillation;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.results.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DistilledGainsTest {
  private static final UUID TEACHERS = new UUID(1, 1);
  private static final UUID STUDENTS = new UUID(2, 2);
  private static final CheckpointRef CHECKPOINT = new CheckpointRef("c", 1, 1, "w");

  private final List<Model> models = new ArrayList<>();
  private final List<Ensemble> ensembles = new ArrayList<>();

  private static Measures measures(double accuracy) {
    return new Measures(accuracy, 1, 10, List.of(), null, null, null, null, null);
  }

  private void model(String name, ViewSpec view, double accuracy) {
    models.add(
        new Model(
            new UUID(3, name.hashCode()),
            name,
            "group",
            "logistic",
            1,
            CHECKPOINT,
            true,
            SplitName.TEST,
            view,
            measures(accuracy),
            name));
  }

  private void ensemble(ViewSpec view, double accuracy, String... members) {
    ensembles.add(
        new Ensemble(
            "both",
            List.of(members),
            null,
            Fusion.MEAN,
            false,
            SplitName.TEST,
            view,
            measures(accuracy),
            null));
  }

  /** A report of the students' group in these views, right in 93 of 100. */
  private ExperimentResults added(ViewSpec... views) throws IOException {
    List<Group> groups = new ArrayList<>();
    for (ViewSpec view : views) {
      groups.add(new Group("taught", "logistic", SplitName.TEST, view, 2, 0.93, 0.01, 0.2, 0.01));
      groups.add(new Group("plain", "logistic", SplitName.TEST, view, 1, 0.9, null, 0.2, null));
    }
    List<Member> runs = new ArrayList<>();
    runs.add(run("plain", TrainingSpec.defaults()));
    runs.add(
        run(
            "taught",
            TrainingSpec.defaults()
                .withTeacher(new TeacherSpec(TEACHERS.toString(), "both", 4, 0.9, "a"))));
    ExperimentResults report = report(STUDENTS, List.of(), groups, List.of());
    return new DistilledGains(new Known(report(TEACHERS, models, List.of(), ensembles)))
        .added(report, runs);
  }

  private static Member run(String group, TrainingSpec training) {
    RunSpec run =
        new RunSpec(
            group + "-s1",
            group,
            new ArchitectureSpec("logistic", Map.of()),
            1,
            training,
            new InputSpec(null, TrainCrop.CENTER, null));
    return new Member(new UUID(4, group.hashCode()), run, CHECKPOINT, List.of(), null, List.of());
  }

  private static ExperimentResults report(
      UUID id, List<Model> models, List<Group> groups, List<Ensemble> ensembles) {
    return new ExperimentResults(
        id,
        "x",
        "d",
        null,
        true,
        models,
        groups,
        ensembles,
        List.of(),
        List.of(),
        List.of("before"),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void theShareIsOfTheGainOverTheMeanMember() throws IOException {
    model("a", ViewSpec.CENTER, 0.8);
    model("b", ViewSpec.CENTER, 0.9);
    model("other", ViewSpec.CENTER, 0.1);
    ensemble(ViewSpec.CENTER, 0.95, "a", "b", "b");
    ExperimentResults report = added(ViewSpec.CENTER);
    assertThat(report.notes()).containsExactly("before");
    Distillation found = report.distillations().get(0);
    assertThat(report.distillations()).hasSize(1);
    assertThat(found.group()).isEqualTo("taught");
    assertThat(found.teacherExperimentId()).isEqualTo(TEACHERS);
    assertThat(found.members()).isEqualTo(2);
    assertThat(found.memberAccuracy()).isCloseTo(0.85, within(1e-12));
    assertThat(found.keptGain()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void eachViewIsComparedInItself() throws IOException {
    for (ViewSpec view : List.of(ViewSpec.CENTER, ViewSpec.FLIP)) {
      model("a", view, view.equals(ViewSpec.CENTER) ? 0.8 : 0.9);
      ensemble(view, view.equals(ViewSpec.CENTER) ? 0.9 : 0.95, "a");
    }
    assertThat(added(ViewSpec.CENTER, ViewSpec.FLIP).distillations())
        .extracting(each -> Math.round(1000 * each.keptGain()))
        .containsExactly(1300L, 600L);
  }

  @Test
  void whereThereIsNoGainThereIsNoShareOfIt() throws IOException {
    model("a", ViewSpec.CENTER, 0.9);
    model("b", ViewSpec.CENTER, 0.9);
    ensemble(ViewSpec.CENTER, 0.9, "a", "b");
    ExperimentResults report = added(ViewSpec.CENTER);
    assertThat(report.distillations())
        .singleElement()
        .satisfies(each -> assertThat(each.keptGain()).isNull());
    assertThat(report.notes().get(1))
        .isEqualTo(
            "Group 'taught' keeps no share of a gain in the view center: its teacher 'both' is not better on test than its members are alone.");
  }

  @Test
  void whatWasNotTestedInThatViewIsNoted() throws IOException {
    model("a", ViewSpec.CENTER, 0.9);
    ensemble(ViewSpec.CENTER, 0.95, "a");
    ExperimentResults report = added(ViewSpec.FLIP);
    assertThat(report.distillations()).isEmpty();
    assertThat(report.notes().get(1))
        .contains("'taught'", "'both'", "cannot be told in the view flip", TEACHERS.toString());
  }

  /** Knows one report. */
  private record Known(ExperimentResults report) implements Results {
    @Override
    public void saveModels(UUID experimentId, PreparedDataset dataset, List<Model> models) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Model> models(UUID experimentId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void saveReport(ComposeReport request, ExperimentResults other) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ComposeReport> request(UUID experimentId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ExperimentResults> find(UUID experimentId) {
      return report.experimentId().equals(experimentId) ? Optional.of(report) : Optional.empty();
    }
  }
}
