package io.tencrop.vision.data;

/**
 * Which source pixels make a target pixel, and how much each, along one side.
 *
 * @param taps how many source pixels make one target pixel, an even number, at least four; those
 *     beyond the end have no weight
 * @param first per target: the first source pixel
 * @param weights {@code [target, taps]}, fixed point
 */
record TriangleFilter(int taps, int[] first, int[] weights) {
  static final int LEAST_TAPS = 4;

  /** From so many pixels to so many; of one size to the same it changes nothing. */
  static TriangleFilter of(int from, int to) {
    double scale = (double) from / to;
    double support = Math.max(scale, 1);
    int[] low = new int[to];
    int[] high = new int[to];
    int taps = LEAST_TAPS;
    for (int target = 0; target < to; target++) {
      double center = (target + 0.5) * scale;
      low[target] = from == to ? target : Math.max((int) (center - support + 0.5), 0);
      high[target] = from == to ? target + 1 : Math.min((int) (center + support + 0.5), from);
      taps = Math.max(taps, high[target] - low[target]);
    }
    taps += taps & 1;
    int[] weights = new int[Math.multiplyExact(to, taps)];
    for (int target = 0; target < to; target++) {
      double center = (target + 0.5) * scale;
      fill(weights, target * taps, low[target], high[target], center, support);
    }
    return new TriangleFilter(taps, low, weights);
  }

  private static void fill(
      int[] weights, int position, int low, int high, double center, double support) {
    double[] triangle = new double[high - low];
    double inverse = 1 / support;
    double sum = 0;
    for (int i = 0; i < triangle.length; i++) {
      double distance = Math.abs((i + low - center + 0.5) * inverse);
      triangle[i] = Math.max(1 - distance, 0);
      sum += triangle[i];
    }
    for (int i = 0; i < triangle.length; i++) {
      weights[position + i] = (int) (0.5 + triangle[i] / sum * (1 << Resampling.PRECISION));
    }
  }
}
