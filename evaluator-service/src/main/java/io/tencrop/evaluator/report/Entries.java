package io.tencrop.evaluator.report;

import io.tencrop.contracts.api.ExperimentResults.Comparison;
import io.tencrop.contracts.api.ExperimentResults.Ranked;
import io.tencrop.evaluator.ensemble.Entry;
import io.tencrop.evaluator.results.ResultMeasures;
import io.tencrop.vision.evaluation.Interval;
import io.tencrop.vision.evaluation.Measures;
import io.tencrop.vision.evaluation.PairedComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Runs and ensembles against each other over the same test images. */
final class Entries {
  /** Each two are compared, so their number is bounded. */
  static final int MOST = 30;

  private Entries() {}

  /** The best first; ties in accuracy as they came. */
  record Compared(List<Ranked> ranking, List<Comparison> comparisons, int leftOut) {}

  /**
   * All against all. Of more than {@link #MOST} those with the highest accuracy on validation are
   * taken: test images have no say in what is compared.
   */
  static Compared compare(List<Entry> all) {
    List<Entry> entries =
        all.stream()
            .sorted(
                Comparator.comparing(
                    (Entry entry) -> -Objects.requireNonNullElse(entry.validationAccuracy(), 0.0)))
            .limit(MOST)
            .sorted(Comparator.comparing((Entry entry) -> -accuracy(entry)))
            .toList();
    int[] better = new int[entries.size()];
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      for (int j = i + 1; j < entries.size(); j++) {
        PairedComparison pair =
            PairedComparison.of(entries.get(i).predictions(), entries.get(j).predictions());
        better[j] += pair.firstIsBetter() ? 1 : 0;
        comparisons.add(
            new Comparison(
                i,
                j,
                pair.difference(),
                ResultMeasures.of(pair.interval()),
                pair.onlyFirst(),
                pair.onlySecond(),
                pair.pValue()));
      }
    }
    List<Ranked> ranking = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      ranking.add(
          new Ranked(
              entry.name(),
              entry.ensemble(),
              entry.view(),
              accuracy(entry),
              ResultMeasures.of(Interval.ofAccuracy(entry.predictions())),
              entry.validationAccuracy(),
              better[i] + 1));
    }
    return new Compared(ranking, comparisons, all.size() - entries.size());
  }

  private static double accuracy(Entry entry) {
    return Measures.of(entry.predictions()).accuracy();
  }
}
