package io.tencrop.gateway.report;

import io.tencrop.contracts.api.ExperimentResults.Ranked;
import io.tencrop.gateway.report.Chart.Frame;
import io.tencrop.gateway.report.Chart.Line;
import io.tencrop.gateway.report.Chart.Mark;
import io.tencrop.gateway.report.Page.Cell;
import io.tencrop.gateway.report.Page.Column;
import io.tencrop.gateway.report.Page.Section;
import io.tencrop.gateway.report.Page.Sheet;
import io.tencrop.gateway.report.Scale.Tick;
import java.util.ArrayList;
import java.util.List;

/** Accuracy by entry, with intervals. */
final class RankingSection {
  private static final int ROW = 22;
  private static final int NAME = 34;

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
    Frame frame = Frame.of(900, 66 + ROW * ranking.size(), 280);
    double low = ranking.stream().mapToDouble(e -> e.accuracyInterval().low()).min().orElse(0);
    double high = ranking.stream().mapToDouble(e -> e.accuracyInterval().high()).max().orElse(1);
    Scale x = Scale.over(low, high, frame.left(), frame.right());
    List<Tick> names = new ArrayList<>();
    List<Line> intervals = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < ranking.size(); i++) {
      Ranked entry = ranking.get(i);
      double y = frame.top() + (i + 0.5) * ROW;
      String name = entry.name() + ", " + entry.view().label();
      String title =
          "%s: %s, %s to %s"
              .formatted(
                  name,
                  Words.percent(entry.accuracy()),
                  Words.percent(entry.accuracyInterval().low()),
                  Words.percent(entry.accuracyInterval().high()));
      names.add(new Tick(y, name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name));
      intervals.add(
          Line.through(
              List.of(
                  new double[] {x.at(entry.accuracyInterval().low()), y},
                  new double[] {x.at(entry.accuracyInterval().high()), y}),
              "interval",
              title));
      marks.add(new Mark(x.at(entry.accuracy()), y, entry.ensemble(), "entry", title, null));
    }
    return new Chart(
        "Test accuracy of each run and ensemble with its interval",
        frame,
        x.ticks(Words::shortPercent),
        names,
        "test accuracy; circles are runs, diamonds ensembles",
        "",
        intervals,
        List.of(),
        marks);
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
