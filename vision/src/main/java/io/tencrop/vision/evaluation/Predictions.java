package io.tencrop.vision.evaluation;

import java.util.Arrays;

/**
 * Class probabilities over the images of a split, {@code [n, classes]}, of one model or of several
 * that answer together. Immutable.
 */
public final class Predictions {
  private final int classes;
  private final double[] probabilities;
  private final int[] predicted;
  private final int[] labels;
  private final long[] ids;

  private Predictions(
      int classes, double[] probabilities, int[] predicted, int[] labels, long[] ids) {
    this.classes = classes;
    this.probabilities = probabilities;
    this.predicted = predicted;
    this.labels = labels;
    this.ids = ids;
  }

  /**
   * The mean over the views of each view's class probabilities.
   *
   * @throws InvalidLogitsException when a logit is NaN or infinite
   * @throws IllegalArgumentException when a label is none of the classes
   */
  public static Predictions of(LogitBank bank) {
    return of(bank, 1);
  }

  /**
   * The same with all logits divided by a temperature first, see {@link Temperature}.
   *
   * @throws InvalidLogitsException when a logit is NaN or infinite
   * @throws IllegalArgumentException when a label is none of the classes, or unless the temperature
   *     is above 0
   */
  public static Predictions of(LogitBank bank, double temperature) {
    if (!(temperature > 0) || !Double.isFinite(temperature)) {
      throw new IllegalArgumentException(
          "the temperature is %s; it must be above 0".formatted(temperature));
    }
    int classes = bank.classes();
    int views = bank.views();
    double[] probabilities = new double[Math.multiplyExact(bank.images(), classes)];
    double[] crop = new double[classes];
    for (int i = 0; i < bank.images(); i++) {
      int label = bank.labels()[i];
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "image %d has label %d, but there are %d classes"
                .formatted(bank.ids()[i], label, classes));
      }
      int row = i * classes;
      for (int v = 0; v < views; v++) {
        int from = (i * views + v) * bank.outputs();
        requireFinite(bank, i, v, from);
        Softmax.probabilities(bank.logits(), from, bank.outputs(), temperature, crop, 0);
        for (int c = 0; c < classes; c++) {
          probabilities[row + c] += crop[c];
        }
      }
      for (int c = 0; c < classes; c++) {
        probabilities[row + c] /= views;
      }
    }
    return of(classes, probabilities, bank.labels(), bank.ids());
  }

  private static void requireFinite(LogitBank bank, int image, int view, int from) {
    for (int o = 0; o < bank.outputs(); o++) {
      float logit = bank.logits()[from + o];
      if (!Float.isFinite(logit)) {
        throw new InvalidLogitsException(
            "the network answered %s for image %d in view %d"
                .formatted(logit, bank.ids()[image], view));
      }
    }
  }

  /** The class predicted is the most probable one, the lowest of equals. */
  static Predictions of(int classes, double[] probabilities, int[] labels, long[] ids) {
    int[] predicted = new int[labels.length];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = argmax(probabilities, i * classes, classes);
    }
    return new Predictions(classes, probabilities, predicted, labels, ids);
  }

  /** For fusions whose first class is not simply the most probable one. */
  static Predictions of(
      int classes, double[] probabilities, int[] predicted, int[] labels, long[] ids) {
    return new Predictions(classes, probabilities, predicted, labels, ids);
  }

  /**
   * Index of the largest of {@code count} values, relative to {@code from}; the lowest of equals.
   */
  static int argmax(double[] values, int from, int count) {
    int best = 0;
    double max = values[from];
    for (int c = 1; c < count; c++) {
      double value = values[from + c];
      if (value > max) {
        max = value;
        best = c;
      }
    }
    return best;
  }

  /** How many images. */
  public int images() {
    return labels.length;
  }

  public int classes() {
    return classes;
  }

  /** The probability that image {@code i} is of class {@code c}. */
  public double probability(int i, int c) {
    return probabilities[i * classes + c];
  }

  /** The class that image {@code i} is said to be. */
  public int predicted(int i) {
    return predicted[i];
  }

  /** The class that image {@code i} is. */
  public int label(int i) {
    return labels[i];
  }

  /** The stable id of image {@code i}. */
  public long id(int i) {
    return ids[i];
  }

  double[] probabilities() {
    return probabilities;
  }

  int[] predicted() {
    return predicted;
  }

  int[] labels() {
    return labels;
  }

  long[] ids() {
    return ids;
  }

  /**
   * Checks that {@code other} is about the same images.
   *
   * @param name of the other, for the message
   */
  void requireSameImages(Predictions other, String name) {
    if (other.classes != classes || other.images() != images()) {
      throw new MembersDisagreeException(
          "%s has %d images of %d classes, the first member %d of %d"
              .formatted(name, other.images(), other.classes, images(), classes));
    }
    int at = Arrays.mismatch(ids, other.ids);
    if (at >= 0) {
      throw new MembersDisagreeException(
          "%s has image %d at position %d, where the first member has image %d"
              .formatted(name, other.ids[at], at, ids[at]));
    }
    at = Arrays.mismatch(labels, other.labels);
    if (at >= 0) {
      throw new MembersDisagreeException(
          "%s has label %d for image %d, the first member %d"
              .formatted(name, other.labels[at], ids[at], labels[at]));
    }
  }
}
