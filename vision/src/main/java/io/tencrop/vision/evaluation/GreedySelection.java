package io.tencrop.vision.evaluation;

/**
 * Forward selection of ensemble members with replacement: R. Caruana, A. Niculescu-Mizil, G. Crew,
 * A. Ksikes, "Ensemble Selection from Libraries of Models", ICML 2004, sections 2 and 2.1.
 */
public final class GreedySelection {
  private GreedySelection() {}

  /**
   * Picks, one after another, the member whose addition gives the mean of all picks so far the
   * highest accuracy; of equals the one with the lowest loss, then the first. A member may be
   * picked again.
   *
   * @param validation the members over images that nothing else is reported on
   * @param size how many picks, at least 1
   * @return indices of members, in the order of picking
   */
  public static int[] select(Members validation, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a selection needs at least one pick, not " + size);
    }
    Predictions first = validation.member(0);
    double[] sums = new double[first.images() * first.classes()];
    int[] picks = new int[size];
    for (int p = 0; p < size; p++) {
      picks[p] = best(validation, sums);
      double[] picked = validation.member(picks[p]).probabilities();
      for (int j = 0; j < sums.length; j++) {
        sums[j] += picked[j];
      }
    }
    return picks;
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
