package io.tencrop.vision.evaluation;

import io.tencrop.vision.data.Shuffle;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Forward selection of ensemble members with replacement: R. Caruana, A. Niculescu-Mizil, G. Crew,
 * A. Ksikes, "Ensemble Selection from Libraries of Models", ICML 2004, sections 2, 2.1 and, against
 * overfitting to the validation images, 2.2 and 2.3.
 *
 * @param size how many picks, at least 1; in each bag
 * @param sortedInitialization the picks begin with the best members, as many of them, up to this
 *     number, as together have the highest accuracy; of equals the lowest loss, then the fewest. 0:
 *     they begin with none
 * @param bags so many selections are made, each from a random part of the members, and all their
 *     picks taken; 0: one selection from all members
 * @param bagFraction share of the members in a bag, rounded, but at least one
 * @param seed of the bags
 */
public record GreedySelection(
    int size, int sortedInitialization, int bags, double bagFraction, long seed) {

  public GreedySelection {
    if (size < 1) {
      throw new IllegalArgumentException("a selection needs at least one pick, not " + size);
    }
    if (sortedInitialization < 0 || sortedInitialization > size) {
      throw new IllegalArgumentException(
          "a selection of %d cannot begin with %d".formatted(size, sortedInitialization));
    }
    if (bags < 0 || !(bagFraction > 0 && bagFraction <= 1)) {
      throw new IllegalArgumentException("%d bags with a share of %s".formatted(bags, bagFraction));
    }
  }

  /**
   * One selection from all members that begins with none.
   *
   * @param size how many picks, at least 1
   */
  public static GreedySelection of(int size) {
    return new GreedySelection(size, 0, 0, 1, 0);
  }

  /**
   * Picks, one after another, the member whose addition gives the mean of all picks so far the
   * highest accuracy; of equals the one with the lowest loss, then the first. A member may be
   * picked again.
   *
   * @param validation the members over images that nothing else is reported on
   * @return indices of members, in the order of picking, bag after bag
   */
  public int[] select(Members validation) {
    if (bags == 0) {
      return select(validation, validation.everyone());
    }
    int members = (int) Math.max(1, Math.round(bagFraction * validation.size()));
    int[] picks = new int[Math.multiplyExact(bags, size)];
    for (int bag = 0; bag < bags; bag++) {
      int[] some = Arrays.copyOf(Shuffle.order(validation.size(), seed, bag), members);
      Arrays.sort(some);
      System.arraycopy(select(validation, some), 0, picks, bag * size, size);
    }
    return picks;
  }

  private int[] select(Members validation, int[] among) {
    Members members = Members.of(IntStream.of(among).mapToObj(validation::member).toList());
    int[] begin =
        sortedInitialization == 0
            ? new int[0]
            : SortedInitialization.of(members, sortedInitialization);
    double[] sums = new double[members.member(0).probabilities().length];
    int[] picks = Arrays.copyOf(begin, size);
    for (int p = 0; p < size; p++) {
      if (p >= begin.length) {
        picks[p] = best(members, sums);
      }
      add(members.member(picks[p]), sums);
    }
    return IntStream.of(picks).map(pick -> among[pick]).toArray();
  }

  /** Adds the probabilities to the sums. */
  static void add(Predictions picked, double[] sums) {
    double[] probabilities = picked.probabilities();
    for (int j = 0; j < sums.length; j++) {
      sums[j] += probabilities[j];
    }
  }

  private static int best(Members members, double[] sums) {
    int best = 0;
    int bestRight = -1;
    double bestLoss = Double.NaN;
    for (int m = 0; m < members.size(); m++) {
      Predictions candidate = members.member(m);
      int right = right(candidate, sums);
      if (right > bestRight) {
        best = m;
        bestRight = right;
        bestLoss = Double.NaN;
      } else if (right == bestRight) {
        if (Double.isNaN(bestLoss)) {
          bestLoss = loss(members.member(best), sums);
        }
        double loss = loss(candidate, sums);
        if (loss < bestLoss) {
          best = m;
          bestLoss = loss;
        }
      }
    }
    return best;
  }

  /**
   * How many images are right once {@code candidate} is added; the scale of the sums is no matter.
   */
  private static int right(Predictions candidate, double[] sums) {
    double[] added = candidate.probabilities();
    int[] labels = candidate.labels();
    int classes = candidate.classes();
    double[] row = new double[classes];
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      int from = i * classes;
      for (int c = 0; c < classes; c++) {
        row[c] = sums[from + c] + added[from + c];
      }
      if (Predictions.argmax(row, 0, classes) == labels[i]) {
        right++;
      }
    }
    return right;
  }

  /** The loss once {@code candidate} is added, up to what is the same for every candidate. */
  private static double loss(Predictions candidate, double[] sums) {
    double[] added = candidate.probabilities();
    int[] labels = candidate.labels();
    int classes = candidate.classes();
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      int at = i * classes + labels[i];
      loss += Measures.negativeLog(sums[at] + added[at]);
    }
    return loss;
  }
}
