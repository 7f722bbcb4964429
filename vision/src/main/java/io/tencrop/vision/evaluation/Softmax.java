package io.tencrop.vision.evaluation;

/**
 * From the logits of one image in one view to class probabilities.
 *
 * <p>A network with one output answers for two classes: its logit is the log-odds of class 1, so
 * the probabilities are {@code sigmoid(-z), sigmoid(z)}.
 */
final class Softmax {
  private Softmax() {}

  /** How many classes {@code outputs} logits tell apart: 2 for one output, else as many. */
  public static int classes(int outputs) {
    return outputs == 1 ? 2 : outputs;
  }

  /**
   * Probabilities, summing to 1. Never overflows, whatever finite logits there are.
   *
   * @param logits read at {@code [from, from + outputs)}
   * @param temperature that the logits are divided by
   * @param target written at {@code [at, at + classes(outputs))}
   */
  public static void probabilities(
      float[] logits, int from, int outputs, double temperature, double[] target, int at) {
    if (outputs == 1) {
      double z = logits[from] / temperature;
      target[at] = sigmoid(-z);
      target[at + 1] = sigmoid(z);
      return;
    }
    double max = max(logits, from, outputs);
    double sum = 0;
    for (int i = 0; i < outputs; i++) {
      double e = Math.exp((logits[from + i] - max) / temperature);
      target[at + i] = e;
      sum += e;
    }
    for (int i = 0; i < outputs; i++) {
      target[at + i] /= sum;
    }
  }

  /**
   * Natural logarithms of the probabilities, exact also where these underflow.
   *
   * @param logits read at {@code [from, from + outputs)}
   * @param target written at {@code [at, at + classes(outputs))}
   */
  public static void logProbabilities(
      float[] logits, int from, int outputs, double[] target, int at) {
    if (outputs == 1) {
      double z = logits[from];
      target[at] = -softplus(z);
      target[at + 1] = -softplus(-z);
      return;
    }
    double max = max(logits, from, outputs);
    double sum = 0;
    for (int i = 0; i < outputs; i++) {
      sum += Math.exp(logits[from + i] - max);
    }
    double logSum = max + Math.log(sum);
    for (int i = 0; i < outputs; i++) {
      target[at + i] = logits[from + i] - logSum;
    }
  }

  private static double max(float[] logits, int from, int outputs) {
    float max = logits[from];
    for (int i = 1; i < outputs; i++) {
      max = Math.max(max, logits[from + i]);
    }
    return max;
  }

  private static double sigmoid(double z) {
    if (z >= 0) {
      return 1 / (1 + Math.exp(-z));
    }
    double e = Math.exp(z);
    return e / (1 + e);
  }

  /** {@code log(1 + exp(z))}. */
  private static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }
}
