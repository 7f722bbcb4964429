package io.tencrop.vision.evaluation;

import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/** How far up the right class stands among the probabilities. */
public final class Ranking {
  private Ranking() {}

  /**
   * Share of the images whose class is among the {@code k} most probable; of equals the lower class
   * stands first, as in {@link Measures}.
   *
   * @param k at least 1
   * @throws IllegalArgumentException when there are no images
   */
  public static double topAccuracy(Predictions predictions, int k) {
    if (k < 1 || predictions.images() == 0) {
      throw new IllegalArgumentException("top-%d of %d images".formatted(k, predictions.images()));
    }
    int right = 0;
    for (int i = 0; i < predictions.images(); i++) {
      int label = predictions.label(i);
      double own = predictions.probability(i, label);
      int above = 0;
      for (int c = 0; c < predictions.classes(); c++) {
        double other = predictions.probability(i, c);
        above += other > own || (other == own && c < label) ? 1 : 0;
      }
      right += above < k ? 1 : 0;
    }
    return (double) right / predictions.images();
  }

  /**
   * Area under the receiver operating characteristic for two classes: how likely an image of class
   * 1 has a higher probability of class 1 than one of class 0, equals counting half (Mann and
   * Whitney's U over the number of pairs).
   *
   * @throws IllegalArgumentException unless there are two classes with images of both
   */
  public static double auc(Predictions predictions) {
    double[] ones = ofClass(predictions, 1);
    double[] zeros = ofClass(predictions, 0);
    if (predictions.classes() != 2 || ones.length == 0 || zeros.length == 0) {
      throw new IllegalArgumentException(
          "the area under the curve needs images of two classes, there are %d classes, %d and %d images"
              .formatted(predictions.classes(), zeros.length, ones.length));
    }
    return MannWhitneyUTest.withDefaults().statistic(ones, zeros)
        / ((double) ones.length * zeros.length);
  }

  private static double[] ofClass(Predictions predictions, int label) {
    return IntStream.range(0, predictions.images())
        .filter(i -> predictions.label(i) == label)
        .mapToDouble(i -> predictions.probability(i, 1))
        .toArray();
  }
}
