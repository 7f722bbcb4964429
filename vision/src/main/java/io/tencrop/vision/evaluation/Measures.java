package io.tencrop.vision.evaluation;

/**
 * How good predictions are.
 *
 * @param accuracy share right, in [0, 1]
 * @param loss mean negative log-likelihood of the right class, in nats. A probability that
 *     underflows counts as the smallest normal double: such an image costs 708 nats, and no
 *     infinity comes out
 * @param images how many
 * @param confusion {@code [true class][predicted class]} counts
 */
public record Measures(double accuracy, double loss, int images, int[][] confusion) {

  /**
   * The measures of {@code predictions} against their labels.
   *
   * @throws IllegalArgumentException when there are no images
   */
  public static Measures of(Predictions predictions) {
    int images = predictions.images();
    if (images == 0) {
      throw new IllegalArgumentException("there are no images to measure on");
    }
    int classes = predictions.classes();
    int[] labels = predictions.labels();
    int[] predicted = predictions.predicted();
    int[][] confusion = new int[classes][classes];
    int right = 0;
    double loss = 0;
    for (int i = 0; i < images; i++) {
      int label = labels[i];
      confusion[label][predicted[i]]++;
      if (label == predicted[i]) {
        right++;
      }
      loss += negativeLog(predictions.probability(i, label));
    }
    return new Measures((double) right / images, loss / images, images, confusion);
  }

  static double negativeLog(double probability) {
    return -Math.log(Math.max(probability, Double.MIN_NORMAL));
  }
}
