package io.tencrop.vision.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a greedy selection begins with: Caruana et al. 2004, section 2.2.
 *
 * <p>Alone, members are ordered by accuracy, then loss, then place.
 */
final class SortedInitialization {
  private SortedInitialization() {}

  /**
   * The best members, as many as together have the highest accuracy; of equals the lowest loss,
   * then the fewest.
   *
   * @param most how many at most
   * @return their indices, the best first
   */
  static int[] of(Members members, int most) {
    List<Measures> alone =
        IntStream.range(0, members.size()).mapToObj(i -> Measures.of(members.member(i))).toList();
    int[] sorted =
        IntStream.range(0, members.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> -alone.get(i).accuracy())
                    .thenComparingDouble(i -> alone.get(i).loss()))
            .mapToInt(Integer::intValue)
            .toArray();
    int best = 1;
    Measures highest = alone.get(sorted[0]);
    for (int count = 2; count <= Math.min(most, sorted.length); count++) {
      Measures together = Measures.of(members.mean(Arrays.copyOf(sorted, count)));
      if (together.accuracy() > highest.accuracy()
          || (together.accuracy() == highest.accuracy() && together.loss() < highest.loss())) {
        best = count;
        highest = together;
      }
    }
    return Arrays.copyOf(sorted, best);
  }
}
