package io.tencrop.gateway.report;

import io.tencrop.contracts.api.Measures.Interval;
import io.tencrop.gateway.report.Chart.Frame;
import io.tencrop.gateway.report.Chart.Line;
import io.tencrop.gateway.report.Chart.Mark;
import io.tencrop.gateway.report.Scale.Tick;
import java.util.ArrayList;
import java.util.List;

/** Test accuracies with their intervals, one below another. */
final class IntervalChart {
  private static final int ROW = 22;
  private static final int NAME = 52;

  private IntervalChart() {}

  /**
   * @param style a class of the style sheet that has a tone
   */
  record Row(String name, double accuracy, Interval interval, boolean diamond, String style) {}

  static Chart of(List<Row> rows) {
    Frame frame = Frame.of(1000, 66 + ROW * rows.size(), 360);
    double low = rows.stream().mapToDouble(row -> row.interval().low()).min().orElse(0);
    double high = rows.stream().mapToDouble(row -> row.interval().high()).max().orElse(1);
    Scale x = Scale.over(low, high, frame.left(), frame.right());
    List<Tick> names = new ArrayList<>();
    List<Line> intervals = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double y = frame.top() + (i + 0.5) * ROW;
      String title =
          "%s: %s, %s to %s"
              .formatted(
                  row.name(),
                  Words.percent(row.accuracy()),
                  Words.percent(row.interval().low()),
                  Words.percent(row.interval().high()));
      names.add(new Tick(y, shortened(row.name())));
      intervals.add(
          Line.through(
              List.of(
                  new double[] {x.at(row.interval().low()), y},
                  new double[] {x.at(row.interval().high()), y}),
              row.style(),
              title));
      marks.add(new Mark(x.at(row.accuracy()), y, row.diamond(), row.style(), title, null));
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

  private static String shortened(String name) {
    return name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name;
  }
}
