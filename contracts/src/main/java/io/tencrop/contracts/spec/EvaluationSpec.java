package io.tencrop.contracts.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to test.
 *
 * @param checkpoints which checkpoints of each run are kept and evaluated
 * @param views what of a test image the network sees; several each give a result
 */
public record EvaluationSpec(
    CheckpointPolicy checkpoints, List<ViewSpec> views, List<EnsembleSpec> ensembles) {

  public EvaluationSpec(
      @Nullable CheckpointPolicy checkpoints,
      @Nullable List<ViewSpec> views,
      @Nullable List<EnsembleSpec> ensembles) {
    this.checkpoints = checkpoints == null ? CheckpointPolicy.LAST : checkpoints;
    this.views = views == null ? List.of(ViewSpec.CENTER) : List.copyOf(views);
    this.ensembles = ensembles == null ? List.of() : List.copyOf(ensembles);
  }

  static EvaluationSpec defaults() {
    return new EvaluationSpec(null, null, null);
  }
}
