package io.tencrop.vision.evaluation;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Two predictions about the same images, against each other.
 *
 * @param onlyFirst images that only the first has right
 * @param onlySecond images that only the second has right
 * @param images how many there are
 * @param difference accuracy of the first less that of the second
 * @param pValue of McNemar's exact test (McNemar 1947): how likely so uneven a split of the images
 *     that one alone has right is, were both as good; {@code statsmodels.stats.mcnemar(exact=True)}
 * @param interval the paired bootstrap's percentile interval of the difference, see {@link
 *     #interval}
 */
public record PairedComparison(
    int onlyFirst,
    int onlySecond,
    int images,
    double difference,
    double pValue,
    Interval interval) {
  /** Below this p-value one is taken to be better than the other. */
  public static final double SIGNIFICANT = 0.05;

  /** Counts further from their mean, in deviations, are too unlikely to matter. */
  private static final double FAR = 8;

  /**
   * The comparison.
   *
   * @throws MembersDisagreeException when they are about other images
   * @throws IllegalArgumentException when there are no images
   */
  public static PairedComparison of(Predictions first, Predictions second) {
    first.requireSameImages(second, "the second model");
    int images = first.images();
    if (images == 0) {
      throw new IllegalArgumentException("there are no images to compare on");
    }
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < images; i++) {
      boolean one = first.predicted(i) == first.label(i);
      boolean other = second.predicted(i) == second.label(i);
      onlyFirst += one && !other ? 1 : 0;
      onlySecond += other && !one ? 1 : 0;
    }
    return new PairedComparison(
        onlyFirst,
        onlySecond,
        images,
        (double) (onlyFirst - onlySecond) / images,
        mcNemar(onlyFirst, onlySecond),
        interval(onlyFirst, onlySecond, images));
  }

  /** The p-value of McNemar's exact test of the images that one side alone has right. */
  static double mcNemar(int onlyFirst, int onlySecond) {
    int discordant = onlyFirst + onlySecond;
    return discordant == 0
        ? 1
        : BinomialTest.withDefaults()
            .with(AlternativeHypothesis.TWO_SIDED)
            .test(discordant, onlyFirst, 0.5)
            .getPValue();
  }

  /** Whether the first is better than the second, beyond what chance makes likely. */
  public boolean firstIsBetter() {
    return difference > 0 && pValue < SIGNIFICANT;
  }

  /**
   * Of image pairs drawn with replacement, the numbers that only one side has right are
   * multinomial. The quantiles of their difference are summed up from that, instead of being taken
   * from drawn samples.
   */
  private static Interval interval(int onlyFirst, int onlySecond, int images) {
    double[] distribution = new double[2 * images + 1];
    BinomialDistribution firsts = BinomialDistribution.of(images, (double) onlyFirst / images);
    for (int a = lowest(firsts); a <= highest(firsts); a++) {
      double weight = firsts.probability(a);
      double rest = onlyFirst == images ? 0 : (double) onlySecond / (images - onlyFirst);
      BinomialDistribution seconds = BinomialDistribution.of(images - a, Math.min(1, rest));
      for (int b = lowest(seconds); b <= highest(seconds); b++) {
        distribution[images + a - b] += weight * seconds.probability(b);
      }
    }
    return new Interval(
        (double) quantile(distribution, (1 - Interval.LEVEL) / 2) / images - 1,
        (double) quantile(distribution, (1 + Interval.LEVEL) / 2) / images - 1);
  }

  private static int lowest(BinomialDistribution counts) {
    return (int) Math.max(0, Math.floor(counts.getMean() - reach(counts)));
  }

  private static int highest(BinomialDistribution counts) {
    return (int) Math.min(counts.getNumberOfTrials(), Math.ceil(counts.getMean() + reach(counts)));
  }

  /** Counts of few images are more skewed than deviations tell, so some more are taken. */
  private static double reach(BinomialDistribution counts) {
    return FAR * Math.sqrt(counts.getVariance()) + 4 * FAR;
  }

  private static int quantile(double[] distribution, double share) {
    double sum = 0;
    for (int i = 0; i < distribution.length; i++) {
      sum += distribution[i];
      if (sum >= share) {
        return i;
      }
    }
    throw new IllegalStateException("the probabilities sum to " + sum);
  }
}
