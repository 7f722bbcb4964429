package io.tencrop.contracts.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question: one data set, one preparation, a grid of runs, an evaluation plan.
 *
 * @param name what people call it
 * @param dataset the name of a registered data set
 * @param labels free words to find it by
 */
public record ExperimentSpec(
    String name,
    String dataset,
    PreparationSpec preparation,
    List<RunGroupSpec> runs,
    EvaluationSpec evaluation,
    List<String> labels) {

  public ExperimentSpec(
      String name,
      String dataset,
      @Nullable PreparationSpec preparation,
      List<RunGroupSpec> runs,
      @Nullable EvaluationSpec evaluation,
      @Nullable List<String> labels) {
    this.name = name;
    this.dataset = dataset;
    this.preparation = preparation == null ? PreparationSpec.defaults() : preparation;
    this.runs = List.copyOf(runs);
    this.evaluation = evaluation == null ? EvaluationSpec.defaults() : evaluation;
    this.labels = labels == null ? List.of() : List.copyOf(labels);
  }
}
