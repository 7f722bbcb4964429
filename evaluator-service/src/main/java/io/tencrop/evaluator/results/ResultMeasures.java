package io.tencrop.evaluator.results;

import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.api.Measures.Bin;
import io.tencrop.vision.evaluation.Calibration;
import io.tencrop.vision.evaluation.ClassMeasures;
import io.tencrop.vision.evaluation.Interval;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Predictions;
import io.tencrop.vision.evaluation.Ranking;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures as the API tells them. */
public final class ResultMeasures {
  private static final int TOP = 5;

  private ResultMeasures() {}

  /** Of predictions that no temperature was fitted for. */
  public static Measures of(Predictions predictions) {
    return measures(predictions, calibration(predictions, null, null));
  }

  /**
   * Of a model.
   *
   * @param temperature that was fitted on its validation logits
   */
  public static Measures of(LogitBank bank, @Nullable Double temperature) {
    Predictions predictions = Predictions.of(bank);
    return measures(
        predictions,
        calibration(
            predictions,
            temperature,
            temperature == null ? null : Predictions.of(bank, temperature)));
  }

  private static Measures measures(Predictions predictions, Measures.Calibration calibration) {
    io.tencrop.vision.evaluation.Measures measures =
        io.tencrop.vision.evaluation.Measures.of(predictions);
    List<List<Integer>> confusion =
        Arrays.stream(measures.confusion())
            .map(row -> Arrays.stream(row).boxed().toList())
            .toList();
    List<ClassMeasures> classes = ClassMeasures.of(measures);
    boolean two = classes.size() == 2 && classes.stream().allMatch(each -> each.images() > 0);
    return new Measures(
        measures.accuracy(),
        measures.loss(),
        measures.images(),
        confusion,
        of(Interval.ofAccuracy(predictions)),
        predictions.classes() > TOP ? Ranking.topAccuracy(predictions, TOP) : null,
        two ? Ranking.auc(predictions) : null,
        classes.stream()
            .map(
                each ->
                    new Measures.ClassMeasures(
                        each.precision(), each.recall(), each.f1(), each.images()))
            .toList(),
        calibration);
  }

  private static Measures.Calibration calibration(
      Predictions predictions, @Nullable Double temperature, @Nullable Predictions atTemperature) {
    Calibration plain = Calibration.of(predictions);
    return new Measures.Calibration(
        plain.expectedError(),
        plain.maximumError(),
        plain.bins().stream()
            .map(bin -> new Bin(bin.to(), bin.images(), bin.confidence(), bin.accuracy()))
            .toList(),
        temperature,
        atTemperature == null
            ? null
            : io.tencrop.vision.evaluation.Measures.of(atTemperature).loss(),
        atTemperature == null ? null : Calibration.of(atTemperature).expectedError());
  }

  public static Measures.Interval of(Interval interval) {
    return new Measures.Interval(interval.low(), interval.high());
  }
}
