package io.tencrop.evaluator;

import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.vision.evaluation.Measures;
import java.util.Arrays;
import java.util.List;

/** Measures as the API tells them. */
final class ResultMeasures {
  private ResultMeasures() {}

  static ExperimentResults.Measures of(Measures measures) {
    List<List<Integer>> confusion =
        Arrays.stream(measures.confusion())
            .map(row -> Arrays.stream(row).boxed().toList())
            .toList();
    return new ExperimentResults.Measures(
        measures.accuracy(), measures.loss(), measures.images(), confusion);
  }
}
