package io.tencrop.vision.evaluation;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to enter into a competition, and what to ship. Both are chosen on validation alone: test
 * images have no say.
 *
 * @param enter the most accurate, whatever it costs; absent without candidates
 * @param best the most accurate within the limits; absent when nothing is
 * @param ship the cheapest within the limits that cannot be told apart from {@code best}, which it
 *     may be itself; absent when nothing is within the limits
 */
public record Picks(@Nullable Candidate enter, @Nullable Candidate best, @Nullable Candidate ship) {
  private static final Comparator<Candidate> CHEAPEST =
      Comparator.comparingDouble(Candidate::latencyMs)
          .thenComparingDouble(Candidate::memoryBytes)
          .thenComparingDouble(Candidate::sizeBytes)
          .thenComparingInt(Candidate::index);

  /** Of those that are as accurate the cheapest. */
  private static final Comparator<Candidate> BEST =
      Comparator.comparingDouble(Candidate::accuracy).reversed().thenComparing(CHEAPEST);

  /** The picks. Cheaper means faster; among the equally fast, of less memory, then smaller. */
  public static Picks of(List<Candidate> candidates, Candidate.Limits limits) {
    List<Candidate> affordable =
        candidates.stream().filter(candidate -> candidate.within(limits)).toList();
    Candidate best = affordable.stream().min(BEST).orElse(null);
    Candidate ship =
        best == null
            ? null
            : affordable.stream()
                .filter(
                    candidate -> candidate.equals(best) || best.alike().contains(candidate.index()))
                .min(CHEAPEST)
                .orElse(best);
    return new Picks(candidates.stream().min(BEST).orElse(null), best, ship);
  }
}
