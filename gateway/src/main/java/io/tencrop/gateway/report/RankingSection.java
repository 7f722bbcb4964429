package io.tencrop.gateway.report;

import io.tencrop.contracts.api.ExperimentResults.Ranked;
import io.tencrop.gateway.report.Page.Cell;
import io.tencrop.gateway.report.Page.Column;
import io.tencrop.gateway.report.Page.Section;
import io.tencrop.gateway.report.Page.Sheet;
import java.util.List;

/** Accuracy by entry, with intervals. */
final class RankingSection {
  private RankingSection() {}

  static Section of(List<Ranked> ranking) {
    return new Section(
        "Accuracy on the test images",
        List.of(),
        List.of(),
        List.of(chart(ranking)),
        List.of(table(ranking)),
        List.of(
            "The rank is one more than the number of entries that are better beyond chance: McNemar's exact test on the same images, p below 0.05. Intervals are the bootstrap's, 95 %.",
            "Gap: validation accuracy less test accuracy, in points. What was chosen on validation tends to look better there."));
  }

  private static Chart chart(List<Ranked> ranking) {
    return IntervalChart.of(
        ranking.stream()
            .map(
                entry ->
                    new IntervalChart.Row(
                        entry.name() + ", " + entry.view().label(),
                        entry.accuracy(),
                        entry.accuracyInterval(),
                        entry.ensemble(),
                        "entry"))
            .toList());
  }

  private static Sheet table(List<Ranked> ranking) {
    List<List<Cell>> rows =
        ranking.stream()
            .map(
                entry ->
                    Cell.row(
                        Integer.toString(entry.rank()),
                        entry.name() + (entry.ensemble() ? " (ensemble)" : ""),
                        entry.view().label(),
                        Words.percent(entry.accuracy()),
                        Words.percent(entry.accuracyInterval().low())
                            + " to "
                            + Words.percent(entry.accuracyInterval().high()),
                        Words.percent(entry.validationAccuracy()),
                        Words.gap(entry.validationAccuracy(), entry.accuracy())))
            .toList();
    return new Sheet(
        null,
        List.of(
            Column.number("Rank"),
            Column.text("Run or ensemble"),
            Column.text("View"),
            Column.number("Test"),
            Column.text("95 % interval"),
            Column.number("Validation"),
            Column.number("Gap")),
        rows);
  }
}
