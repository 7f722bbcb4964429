package io.tencrop.vision.evaluation;

/**
 * How differently the members of an ensemble err: Kuncheva and Whitaker, "Measures of Diversity in
 * Classifier Ensembles", Machine Learning 51, 2003, section 2. Means over all pairs of members.
 *
 * @param disagreement share of the images that just one of a pair has right
 * @param doubleFault share of the images that both of a pair have wrong
 */
public record Diversity(double disagreement, double doubleFault) {

  /**
   * Over the members.
   *
   * @throws IllegalArgumentException when there is only one, or there are no images
   */
  public static Diversity of(Members members) {
    int n = members.size();
    int images = members.member(0).images();
    if (n < 2 || images == 0) {
      throw new IllegalArgumentException("diversity of %d members, %d images".formatted(n, images));
    }
    // An image that r of n members have right is a disagreement of r * (n - r) pairs and a double
    // fault of (n - r) * (n - r - 1) / 2.
    long disagreements = 0;
    long doubleFaults = 0;
    for (int i = 0; i < images; i++) {
      long right = 0;
      for (int m = 0; m < n; m++) {
        right += members.member(m).predicted(i) == members.member(m).label(i) ? 1 : 0;
      }
      long wrong = n - right;
      disagreements += right * wrong;
      doubleFaults += wrong * (wrong - 1) / 2;
    }
    double pairs = (double) images * n * (n - 1) / 2;
    return new Diversity(disagreements / pairs, doubleFaults / pairs);
  }
}
