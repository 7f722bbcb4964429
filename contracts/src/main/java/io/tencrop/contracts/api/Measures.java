package io.tencrop.contracts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good predictions are over a split.
 *
 * @param accuracy share right, in [0, 1]
 * @param loss mean negative log-likelihood of the right class, in nats
 * @param images how many
 * @param confusion {@code [true class][predicted class]} counts
 * @param accuracyInterval the bootstrap's 95 % percentile interval
 * @param top5 share of the images whose class is among the five most probable; absent with five
 *     classes or fewer
 * @param auc area under the receiver operating characteristic; absent unless there are two classes
 *     with images of both
 * @param classes of each class, in order
 * @param calibration whether predictions are right as often as they claim
 */
public record Measures(
    double accuracy,
    double loss,
    int images,
    List<List<Integer>> confusion,
    @Nullable Interval accuracyInterval,
    @Nullable Double top5,
    @Nullable Double auc,
    @Nullable List<ClassMeasures> classes,
    @Nullable Calibration calibration) {
  /** Where a figure may lie, given the images it was measured on: 95 %. */
  public record Interval(double low, double high) {}

  /**
   * How well one class is told from the others.
   *
   * @param images of the class
   */
  public record ClassMeasures(double precision, double recall, double f1, int images) {}

  /**
   * Whether predictions are right as often as they claim (Guo et al. 2017).
   *
   * @param expectedError ECE, over 15 bins of equal width
   * @param maximumError MCE
   * @param bins of like confidence
   * @param temperature that makes the validation images' classes most likely; absent for ensembles
   *     and without validation images
   * @param lossAtTemperature with the logits divided by it
   * @param expectedErrorAtTemperature with the logits divided by it
   */
  public record Calibration(
      double expectedError,
      double maximumError,
      List<Bin> bins,
      @Nullable Double temperature,
      @Nullable Double lossAtTemperature,
      @Nullable Double expectedErrorAtTemperature) {}

  /**
   * Predictions of like confidence.
   *
   * @param to upper bound of the confidence, inclusive
   * @param images how many
   * @param confidence mean; 0 without images
   * @param accuracy share right; 0 without images
   */
  public record Bin(double to, int images, double confidence, double accuracy) {}
}
