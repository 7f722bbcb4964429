package io.tencrop.vision.evaluation;

/**
 * How far images are on the right side: the probability of the right class less that of the best
 * other one, in [-1, 1]; above 0 the image is right.
 *
 * @param counts of images in {@link #BINS} bins of equal width, from -1 to 1; each bin has its
 *     lower bound, the last also its upper
 * @param near share of the images whose margin is within {@link #NEAR} of 0
 */
public record Margins(int[] counts, double near) {
  public static final int BINS = 20;
  public static final double NEAR = 0.1;

  /**
   * The margins of all images.
   *
   * @throws IllegalArgumentException when there are no images
   */
  public static Margins of(Predictions predictions) {
    int images = predictions.images();
    if (images == 0) {
      throw new IllegalArgumentException("there are no images to take margins of");
    }
    int[] counts = new int[BINS];
    int near = 0;
    for (int i = 0; i < images; i++) {
      double margin = margin(predictions, i);
      counts[Math.min(BINS - 1, (int) Math.floor((margin + 1) / 2 * BINS))]++;
      near += Math.abs(margin) <= NEAR ? 1 : 0;
    }
    return new Margins(counts, (double) near / images);
  }

  /** Of image {@code i}. */
  static double margin(Predictions predictions, int i) {
    int label = predictions.label(i);
    double other = 0;
    for (int c = 0; c < predictions.classes(); c++) {
      other = c == label ? other : Math.max(other, predictions.probability(i, c));
    }
    return predictions.probability(i, label) - other;
  }
}
