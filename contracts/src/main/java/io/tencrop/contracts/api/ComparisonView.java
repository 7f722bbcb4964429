package io.tencrop.contracts.api;

import io.tencrop.contracts.api.Measures.Interval;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Several experiments beside each other.
 *
 * @param experiments in the order in which they were asked for
 * @param entries the runs and ensembles of each that are best on validation, the best on test first
 * @param pairs of entries of different experiments that were measured on the same test images; the
 *     better on test first
 * @param notes what cannot be compared, and why; for a person
 */
public record ComparisonView(
    List<Experiment> experiments, List<Entry> entries, List<Pair> pairs, List<String> notes) {
  public ComparisonView {
    experiments = List.copyOf(experiments);
    entries = List.copyOf(entries);
    pairs = List.copyOf(pairs);
    notes = List.copyOf(notes);
  }

  /**
   * An experiment.
   *
   * @param preparedId the prepared data set: of the same one come the same test images
   * @param testImages how many
   */
  public record Experiment(
      UUID experimentId,
      @Nullable String name,
      @Nullable String datasetName,
      @Nullable String preparedId,
      long testImages) {}

  /**
   * A run or an ensemble in a view.
   *
   * @param experiment place of its experiment, from 0
   * @param accuracy on test
   * @param accuracyInterval the bootstrap's 95 % percentile interval
   * @param validationAccuracy absent without validation images
   * @param gap validation accuracy less test accuracy; absent without validation images
   * @param cost absent where it was not measured
   */
  public record Entry(
      int experiment,
      String name,
      boolean ensemble,
      ViewSpec view,
      double accuracy,
      Interval accuracyInterval,
      @Nullable Double validationAccuracy,
      @Nullable Double gap,
      @Nullable Cost cost) {}

  /**
   * Two entries over the same test images.
   *
   * @param first place among the entries
   * @param second place among the entries, greater than {@code first}
   * @param difference accuracy of the first less that of the second
   * @param differenceInterval the paired bootstrap's 95 % percentile interval
   * @param onlyFirst images that only the first has right
   * @param onlySecond images that only the second has right
   * @param pValue of McNemar's exact test
   */
  public record Pair(
      int first,
      int second,
      double difference,
      Interval differenceInterval,
      int onlyFirst,
      int onlySecond,
      double pValue) {}
}
