package io.tencrop.vision.evaluation;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Where a figure may lie, given the images it was measured on.
 *
 * @param low lower bound
 * @param high upper bound
 */
public record Interval(double low, double high) {
  /** The share of the distribution that intervals hold. */
  public static final double LEVEL = 0.95;

  /**
   * The bootstrap's percentile interval of an accuracy (Efron 1979). Of images drawn with
   * replacement the number right has a binomial distribution, so its quantiles are taken instead of
   * those of drawn samples: what infinitely many resamples would give.
   *
   * @throws IllegalArgumentException when there are no images
   */
  public static Interval ofAccuracy(Predictions predictions) {
    int images = predictions.images();
    if (images == 0) {
      throw new IllegalArgumentException("there are no images to take an interval over");
    }
    int right = 0;
    for (int i = 0; i < images; i++) {
      right += predictions.predicted(i) == predictions.label(i) ? 1 : 0;
    }
    BinomialDistribution resampled = BinomialDistribution.of(images, (double) right / images);
    return new Interval(
        (double) resampled.inverseCumulativeProbability((1 - LEVEL) / 2) / images,
        (double) resampled.inverseCumulativeProbability((1 + LEVEL) / 2) / images);
  }
}
