package io.tencrop.contracts.api;

import io.tencrop.contracts.api.Measures.Interval;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What to enter into a competition and what to ship, of all that an experiment showed. Chosen on
 * validation alone; what was reached on test is told beside it.
 *
 * @param name the experiment's
 * @param limits as they were asked for
 * @param entries runs and ensembles in each view, with what they cost
 * @param enter the most accurate, whatever it costs; absent without validation images
 * @param ship the cheapest within the limits that cannot be told apart from the most accurate
 *     within them; absent without validation images, and when nothing is within the limits
 * @param latencyFront what is worth its latency, in milliseconds for an image (median)
 * @param memoryFront what is worth its memory, in MB (10^6 bytes)
 * @param sizeFront what is worth its weights files' size, in MB (10^6 bytes)
 * @param notes why something is absent; for a person
 */
public record BudgetView(
    UUID experimentId,
    @Nullable String name,
    Limits limits,
    List<Entry> entries,
    @Nullable Pick enter,
    @Nullable Pick ship,
    List<Step> latencyFront,
    List<Step> memoryFront,
    List<Step> sizeFront,
    List<String> notes) {
  public BudgetView {
    entries = List.copyOf(entries);
    latencyFront = List.copyOf(latencyFront);
    memoryFront = List.copyOf(memoryFront);
    sizeFront = List.copyOf(sizeFront);
    notes = List.copyOf(notes);
  }

  /**
   * What may be spent; an absent limit is none.
   *
   * @param latencyMs for an image that comes alone, the median
   * @param memoryMb weights and activations, in 10^6 bytes
   * @param sizeMb weights files, in 10^6 bytes
   */
  public record Limits(
      @Nullable Double latencyMs, @Nullable Double memoryMb, @Nullable Double sizeMb) {
    /** No limits. */
    public static final Limits NONE = new Limits(null, null, null);
  }

  /**
   * A run or an ensemble in a view.
   *
   * @param accuracy on test
   * @param accuracyInterval the bootstrap's 95 % percentile interval
   * @param validationAccuracy absent without validation images
   * @param gap validation accuracy less test accuracy; absent without validation images
   * @param within whether it is within the limits
   */
  public record Entry(
      Cost cost,
      double accuracy,
      @Nullable Interval accuracyInterval,
      @Nullable Double validationAccuracy,
      @Nullable Double gap,
      boolean within) {}

  /**
   * An entry that was chosen.
   *
   * @param entry its place among the entries
   * @param insteadOf the more accurate entry on validation that it cannot be told apart from;
   *     absent: there is none
   * @param givenUp accuracy on test of what is entered less its own; negative when it is better
   * @param validationGivenUp the same on validation; never negative
   * @param words the choice as a sentence
   */
  public record Pick(
      int entry,
      @Nullable Integer insteadOf,
      double givenUp,
      double validationGivenUp,
      String words) {}

  /**
   * A place on a front.
   *
   * @param entry its place among the entries
   * @param cost in the front's unit
   * @param validationAccuracy that the front is drawn by
   * @param accuracy on test
   * @param pricePerPoint what each percentage point of validation accuracy beyond the step before
   *     costs, in the front's unit; absent for the first
   */
  public record Step(
      int entry,
      double cost,
      double validationAccuracy,
      double accuracy,
      @Nullable Double pricePerPoint) {}
}
