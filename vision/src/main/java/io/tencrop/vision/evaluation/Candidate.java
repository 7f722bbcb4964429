package io.tencrop.vision.evaluation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A classifier that could be entered or shipped.
 *
 * @param index its place among all
 * @param accuracy on validation, share right
 * @param latencyMs for one image, the median
 * @param memoryBytes to answer for one image
 * @param sizeBytes of its weights files
 * @param alike places of those that cannot be told apart from it on validation
 */
public record Candidate(
    int index,
    double accuracy,
    double latencyMs,
    double memoryBytes,
    double sizeBytes,
    Set<Integer> alike) {
  public Candidate {
    alike = Set.copyOf(alike);
  }

  /**
   * What a classifier may cost; an absent limit is none.
   *
   * @param latencyMs for one image, the median
   */
  public record Limits(
      @Nullable Double latencyMs, @Nullable Double memoryBytes, @Nullable Double sizeBytes) {}

  /** Whether it costs no more. */
  public boolean within(Limits limits) {
    return within(latencyMs, limits.latencyMs())
        && within(memoryBytes, limits.memoryBytes())
        && within(sizeBytes, limits.sizeBytes());
  }

  private static boolean within(double cost, @Nullable Double limit) {
    return limit == null || cost <= limit;
  }
}
