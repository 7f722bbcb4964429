package io.tencrop.vision.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether predictions are right as often as they claim: Guo, Pleiss, Sun and Weinberger, "On
 * Calibration of Modern Neural Networks", ICML 2017, section 2. The confidence of a prediction is
 * its class's probability.
 *
 * @param bins of equal width over [0, 1]
 * @param expectedError the mean over the images of their bin's distance between confidence and
 *     accuracy, the paper's ECE
 * @param maximumError the largest such distance, the paper's MCE
 */
public record Calibration(List<Bin> bins, double expectedError, double maximumError) {
  /** As many bins as in the paper's experiments. */
  public static final int BINS = 15;

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Predictions of like confidence.
   *
   * @param from lower bound, exclusive but for the first bin
   * @param to upper bound, inclusive
   * @param images how many
   * @param confidence mean; 0 without images
   * @param accuracy share right; 0 without images
   */
  public record Bin(double from, double to, int images, double confidence, double accuracy) {}

  /**
   * Over {@link #BINS} bins.
   *
   * @throws IllegalArgumentException when there are no images
   */
  public static Calibration of(Predictions predictions) {
    int images = predictions.images();
    if (images == 0) {
      throw new IllegalArgumentException("there are no images to measure calibration on");
    }
    int[] counts = new int[BINS];
    int[] right = new int[BINS];
    double[] confidences = new double[BINS];
    for (int i = 0; i < images; i++) {
      int predicted = predictions.predicted(i);
      double confidence = predictions.probability(i, predicted);
      int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(confidence * BINS) - 1));
      counts[bin]++;
      confidences[bin] += confidence;
      right[bin] += predicted == predictions.label(i) ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    double expected = 0;
    double maximum = 0;
    for (int b = 0; b < BINS; b++) {
      double confidence = counts[b] == 0 ? 0 : confidences[b] / counts[b];
      double accuracy = counts[b] == 0 ? 0 : (double) right[b] / counts[b];
      bins.add(
          new Bin((double) b / BINS, (double) (b + 1) / BINS, counts[b], confidence, accuracy));
      expected += Math.abs(confidence - accuracy) * counts[b] / images;
      maximum = Math.max(maximum, Math.abs(confidence - accuracy));
    }
    return new Calibration(bins, expected, maximum);
  }
}
