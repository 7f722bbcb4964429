package io.tencrop.vision.evaluation;

import java.util.Arrays;

/**
 * Weights of an ensemble's members that make the right classes of the validation images most
 * likely: the maximum likelihood of a mixture's shares, by expectation maximization (Dempster,
 * Laird and Rubin 1977). The likelihood is concave in the weights, and each round raises it.
 */
public final class FittedWeights {
  /** A round that raises the mean log-likelihood by less is the last. */
  private static final double ENOUGH = 1e-10;

  private static final int MOST_ROUNDS = 100_000;

  private FittedWeights() {}

  /**
   * One weight per member, summing to 1.
   *
   * @param validation the members over images that nothing else is reported on
   * @throws IllegalArgumentException when there are no images
   */
  public static double[] fit(Members validation) {
    int members = validation.size();
    int images = validation.member(0).images();
    if (images == 0) {
      throw new IllegalArgumentException("there are no validation images to fit weights on");
    }
    double[][] likelihood = new double[members][images];
    for (int m = 0; m < members; m++) {
      Predictions member = validation.member(m);
      for (int i = 0; i < images; i++) {
        likelihood[m][i] = Math.max(member.probability(i, member.label(i)), Double.MIN_NORMAL);
      }
    }
    double[] weights = new double[members];
    Arrays.fill(weights, 1.0 / members);
    double before = Double.NEGATIVE_INFINITY;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] next = new double[members];
      double now = 0;
      for (int i = 0; i < images; i++) {
        double mixture = 0;
        for (int m = 0; m < members; m++) {
          mixture += weights[m] * likelihood[m][i];
        }
        now += Math.log(mixture) / images;
        for (int m = 0; m < members; m++) {
          next[m] += weights[m] * likelihood[m][i] / (mixture * images);
        }
      }
      if (now - before < ENOUGH) {
        break;
      }
      before = now;
      weights = next;
    }
    return weights;
  }
}
