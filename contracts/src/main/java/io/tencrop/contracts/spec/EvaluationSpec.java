package io.tencrop.contracts.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to test.
 *
 * @param checkpoints which checkpoints of each run are kept and evaluated
 * @param views what of a test image the network sees; several each give a result
 * @param swa the average of each run's weights, evaluated beside its checkpoints; absent: none
 * @param keepLogits what of the logit bank is kept once the report is composed
 */
public record EvaluationSpec(
    CheckpointPolicy checkpoints,
    List<ViewSpec> views,
    List<EnsembleSpec> ensembles,
    @Nullable SwaSpec swa,
    KeepLogits keepLogits) {

  public EvaluationSpec(
      @Nullable CheckpointPolicy checkpoints,
      @Nullable List<ViewSpec> views,
      @Nullable List<EnsembleSpec> ensembles,
      @Nullable SwaSpec swa,
      @Nullable KeepLogits keepLogits) {
    this.checkpoints = checkpoints == null ? CheckpointPolicy.LAST : checkpoints;
    this.views = views == null ? List.of(ViewSpec.CENTER) : List.copyOf(views);
    this.ensembles = ensembles == null ? List.of() : List.copyOf(ensembles);
    this.swa = swa;
    this.keepLogits = keepLogits == null ? KeepLogits.ALL : keepLogits;
  }

  /** All logits are kept. */
  public EvaluationSpec(
      @Nullable CheckpointPolicy checkpoints,
      @Nullable List<ViewSpec> views,
      @Nullable List<EnsembleSpec> ensembles,
      @Nullable SwaSpec swa) {
    this(checkpoints, views, ensembles, swa, null);
  }

  static EvaluationSpec defaults() {
    return new EvaluationSpec(null, null, null, null);
  }
}
