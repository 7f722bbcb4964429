package io.tencrop.vision.evaluation;

/**
 * Where the change of the mean loss between two answers about the same images comes from: images
 * that are right in both, wrong in both, or change side.
 *
 * @param before mean loss of the first, in nats
 * @param after mean loss of the second
 * @param standardError of {@code after - before} as a mean over images; 0 with one image
 * @param pValue of McNemar's exact test: how likely so uneven a split of the images that change
 *     side is, were both as good
 */
public record LossChange(
    double before,
    double after,
    double standardError,
    double accuracyBefore,
    double accuracyAfter,
    double pValue,
    Part staysRight,
    Part staysWrong,
    Part turnsRight,
    Part turnsWrong) {
  /** Deviations from 0 beyond which a change is taken to be more than chance. */
  private static final double BEYOND_CHANCE = 2;

  /**
   * Some of the images.
   *
   * @param images how many
   * @param change what they add to the change of the mean loss
   */
  public record Part(int images, double change) {}

  /**
   * The change from one to the other.
   *
   * @throws MembersDisagreeException when they are about other images
   * @throws IllegalArgumentException when there are no images
   */
  public static LossChange of(Predictions before, Predictions after) {
    PairedComparison sides = PairedComparison.of(before, after);
    int images = before.images();
    int[] counts = new int[4];
    double[] sums = new double[4];
    double squares = 0;
    for (int i = 0; i < images; i++) {
      int label = before.label(i);
      double change =
          Measures.negativeLog(after.probability(i, label))
              - Measures.negativeLog(before.probability(i, label));
      int part = (before.predicted(i) == label ? 2 : 0) + (after.predicted(i) == label ? 1 : 0);
      counts[part]++;
      sums[part] += change;
      squares += change * change;
    }
    Measures first = Measures.of(before);
    Measures second = Measures.of(after);
    double mean = second.loss() - first.loss();
    double variance = Math.max(0, squares / images - mean * mean);
    return new LossChange(
        first.loss(),
        second.loss(),
        images == 1 ? 0 : Math.sqrt(variance / (images - 1)),
        first.accuracy(),
        second.accuracy(),
        sides.pValue(),
        new Part(counts[3], sums[3] / images),
        new Part(counts[0], sums[0] / images),
        new Part(counts[1], sums[1] / images),
        new Part(counts[2], sums[2] / images));
  }

  /** How much lower the loss is; negative where it rose. */
  public double fall() {
    return before - after;
  }

  /** Whether the loss fell by more than chance makes likely. */
  public boolean falls() {
    return fall() > BEYOND_CHANCE * standardError;
  }

  /** Whether more images turned right than wrong, or the other way, beyond chance. */
  public boolean accuracyChanges() {
    return pValue < PairedComparison.SIGNIFICANT;
  }
}
