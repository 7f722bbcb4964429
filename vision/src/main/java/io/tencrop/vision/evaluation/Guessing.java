package io.tencrop.vision.evaluation;

/**
 * What can be had without looking at the images.
 *
 * @param loss of answering each image with the shares of the classes, in nats: their entropy, which
 *     is ln(classes) when all are equally frequent
 * @param accuracy of always answering the most frequent class
 * @param mostFrequent that class, the lowest of equals
 */
public record Guessing(double loss, double accuracy, int mostFrequent) {

  /**
   * For the images of these predictions.
   *
   * @throws IllegalArgumentException when there are no images
   */
  public static Guessing of(Predictions predictions) {
    int images = predictions.images();
    if (images == 0) {
      throw new IllegalArgumentException("there are no images to guess about");
    }
    double[] shares = new double[predictions.classes()];
    for (int i = 0; i < images; i++) {
      shares[predictions.label(i)] += 1.0 / images;
    }
    double entropy = 0;
    for (double share : shares) {
      entropy -= share == 0 ? 0 : share * Math.log(share);
    }
    int mostFrequent = Predictions.argmax(shares, 0, shares.length);
    return new Guessing(entropy, shares[mostFrequent], mostFrequent);
  }
}
