package io.tencrop.vision.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * Models over the same images, which can answer together. A pick is the index of a member; a member
 * picked twice counts twice.
 */
public final class Members {
  /**
   * Share of a class that nobody voted for, so that the loss over vote shares stays finite: such an
   * image costs 34.5 nats.
   */
  static final double NO_VOTE = 1e-15;

  /** Images fused at a time, so that their sums stay in the first-level cache. */
  private static final int BLOCK = 256;

  private final List<Predictions> members;
  private final Predictions first;

  private Members(List<Predictions> members) {
    this.members = members;
    this.first = members.get(0);
  }

  /**
   * Models that can answer together.
   *
   * @throws MembersDisagreeException unless all have the same ids, labels and classes
   * @throws IllegalArgumentException when there are none
   */
  public static Members of(List<Predictions> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("an ensemble needs at least one member");
    }
    for (int m = 1; m < members.size(); m++) {
      members.get(0).requireSameImages(members.get(m), "member " + m);
    }
    return new Members(List.copyOf(members));
  }

  /** How many members. */
  public int size() {
    return members.size();
  }

  public Predictions member(int index) {
    return members.get(index);
  }

  /** Picks of every member once, in order. */
  public int[] everyone() {
    int[] picks = new int[members.size()];
    Arrays.setAll(picks, i -> i);
    return picks;
  }

  /** The mean of the picked members' class probabilities. */
  public Predictions mean(int... picks) {
    double[] ones = new double[picks.length];
    Arrays.fill(ones, 1);
    return weightedMean(picks, ones);
  }

  /**
   * The weighted mean of the picked members' class probabilities.
   *
   * @param weights one per pick; scaled to sum to 1
   * @throws IllegalArgumentException unless every weight is finite and not negative, and one is
   *     positive
   */
  public Predictions weightedMean(int[] picks, double[] weights) {
    requirePicks(picks);
    double total = total(weights, picks.length);
    int classes = first.classes();
    double[] fused = new double[first.probabilities().length];
    int block = BLOCK * classes;
    for (int from = 0; from < fused.length; from += block) {
      int to = Math.min(from + block, fused.length);
      for (int p = 0; p < picks.length; p++) {
        add(members.get(picks[p]).probabilities(), weights[p], fused, from, to);
      }
      for (int j = from; j < to; j++) {
        fused[j] /= total;
      }
    }
    return Predictions.of(classes, fused, first.labels(), first.ids());
  }

  /**
   * The softmax of the mean of the picked members' logits, which is the geometric mean of their
   * class probabilities scaled to sum to 1. One member that is sure a class is wrong decides
   * against it.
   */
  public Predictions meanOfLogits(int... picks) {
    requirePicks(picks);
    int classes = first.classes();
    double[] fused = new double[first.probabilities().length];
    double[] logits = new double[classes];
    for (int i = 0; i < first.images(); i++) {
      Arrays.fill(logits, 0);
      for (int pick : picks) {
        for (int c = 0; c < classes; c++) {
          logits[c] -= Measures.negativeLog(members.get(pick).probability(i, c)) / picks.length;
        }
      }
      double max = logits[Predictions.argmax(logits, 0, classes)];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        logits[c] = Math.exp(logits[c] - max);
        sum += logits[c];
      }
      for (int c = 0; c < classes; c++) {
        fused[i * classes + c] = logits[c] / sum;
      }
    }
    return Predictions.of(classes, fused, first.labels(), first.ids());
  }

  /**
   * The class that most of the picked members predict; of equals the one with the higher mean
   * probability, then the lowest. The probabilities are the shares of the votes, those of classes
   * without any raised to 1e-15.
   */
  public Predictions vote(int... picks) {
    requirePicks(picks);
    int classes = first.classes();
    int images = first.images();
    double[] shares = new double[first.probabilities().length];
    int[] predicted = new int[images];
    int[] votes = new int[classes];
    for (int i = 0; i < images; i++) {
      Arrays.fill(votes, 0);
      for (int pick : picks) {
        votes[members.get(pick).predicted()[i]]++;
      }
      predicted[i] = winner(votes, picks, i);
      for (int c = 0; c < classes; c++) {
        shares[i * classes + c] = Math.max((double) votes[c] / picks.length, NO_VOTE);
      }
    }
    return Predictions.of(classes, shares, predicted, first.labels(), first.ids());
  }

  private int winner(int[] votes, int[] picks, int image) {
    int best = 0;
    double bestSum = Double.NaN;
    for (int c = 1; c < votes.length; c++) {
      if (votes[c] > votes[best]) {
        best = c;
        bestSum = Double.NaN;
      } else if (votes[c] == votes[best] && votes[c] > 0) {
        if (Double.isNaN(bestSum)) {
          bestSum = sum(picks, image, best);
        }
        double sum = sum(picks, image, c);
        if (sum > bestSum) {
          best = c;
          bestSum = sum;
        }
      }
    }
    return best;
  }

  private double sum(int[] picks, int image, int c) {
    double sum = 0;
    for (int pick : picks) {
      sum += members.get(pick).probability(image, c);
    }
    return sum;
  }

  private static void add(double[] values, double weight, double[] target, int from, int to) {
    for (int j = from; j < to; j++) {
      target[j] += weight * values[j];
    }
  }

  private void requirePicks(int[] picks) {
    if (picks.length == 0) {
      throw new IllegalArgumentException("an ensemble needs at least one member");
    }
    for (int pick : picks) {
      if (pick < 0 || pick >= members.size()) {
        throw new IndexOutOfBoundsException("pick " + pick + " of " + members.size() + " members");
      }
    }
  }

  private static double total(double[] weights, int count) {
    if (weights.length != count) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + count + " members: one each is needed");
    }
    double total = 0;
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException(
            "a weight must be finite and not negative, but one is " + weight);
      }
      total += weight;
    }
    if (!(total > 0) || Double.isInfinite(total)) {
      throw new IllegalArgumentException(
          "the weights must have a positive, finite sum, but it is " + total);
    }
    return total;
  }
}
