package io.tencrop.evaluator.teacher;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a report tells of a teacher: an ensemble with the members and weights that were chosen on
 * validation images then, or a single model.
 *
 * @param members names of models, as often as they were picked
 * @param weights one per member; absent: all weigh the same
 */
record TeacherModels(
    ExperimentResults report,
    String name,
    List<String> members,
    @Nullable List<Double> weights,
    Fusion fusion) {

  /** The teacher as it was composed in that view, or else in the first view that it was in. */
  static Optional<TeacherModels> of(ExperimentResults report, String name, ViewSpec view) {
    List<Ensemble> ensembles =
        report.ensembles().stream().filter(ensemble -> ensemble.name().equals(name)).toList();
    return ensembles.stream()
        .filter(ensemble -> ensemble.view().equals(view))
        .findFirst()
        .or(() -> ensembles.stream().findFirst())
        .map(
            ensemble ->
                new TeacherModels(
                    report, name, ensemble.members(), ensemble.weights(), ensemble.fusion()))
        .or(
            () ->
                models(report, name)
                    .findFirst()
                    .map(
                        model ->
                            new TeacherModels(report, name, List.of(name), null, Fusion.MEAN)));
  }

  /** The result of a member in any split and view. */
  Optional<Model> model(String member) {
    return models(report, member).findFirst();
  }

  /**
   * In reports of before, all checkpoints of a run are called after it; the one that stands for it
   * comes first.
   */
  private static Stream<Model> models(ExperimentResults report, String name) {
    return report.models().stream()
        .filter(model -> model.isCalled(name))
        .sorted(Comparator.comparing(model -> !model.representative()));
  }

  /** How good the teacher itself is; empty when it was not tested so. */
  Optional<Measures> measures(SplitName split, ViewSpec view) {
    return report.ensembles().stream()
        .filter(
            ensemble ->
                ensemble.name().equals(name)
                    && ensemble.split() == split
                    && ensemble.view().equals(view))
        .map(Ensemble::measures)
        .findFirst()
        .or(() -> measures(name, split, view));
  }

  /** How good a member is alone; empty when it was not tested so. */
  Optional<Measures> measures(String member, SplitName split, ViewSpec view) {
    return models(report, member)
        .filter(model -> model.split() == split && model.view().equals(view))
        .map(Model::measures)
        .findFirst();
  }
}
