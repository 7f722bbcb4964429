package io.tencrop.gateway.report;

import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.gateway.report.Chart.Frame;
import io.tencrop.gateway.report.Chart.Line;
import io.tencrop.gateway.report.Page.Legend;
import io.tencrop.gateway.report.Page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** How the runs were trained. */
final class CurvesSection {
  private static final int MOST_POINTS = 150;
  private static final int TONES = 10;

  private CurvesSection() {}

  static Section of(List<RunMetrics> runs) {
    List<Legend> legend = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      legend.add(new Legend(runs.get(i).name(), tone(i)));
    }
    return new Section(
        "Curves",
        List.of(),
        legend,
        Stream.of(
                chart("training loss", runs, points(MetricPoint::loss), Words::tick),
                chart(
                    "training accuracy", runs, points(MetricPoint::accuracy), Words::shortPercent),
                chart("validation loss", runs, epochs(EpochMetrics::validationLoss), Words::tick),
                chart(
                    "validation accuracy",
                    runs,
                    epochs(EpochMetrics::validationAccuracy),
                    Words::shortPercent))
            .filter(chart -> chart.lines().stream().anyMatch(line -> !line.points().isEmpty()))
            .toList(),
        List.of(),
        List.of());
  }

  private static Function<RunMetrics, List<double[]>> points(
      Function<MetricPoint, Double> measure) {
    return run ->
        run.points().stream()
            .map(point -> new double[] {point.epoch(), measure.apply(point)})
            .toList();
  }

  private static Function<RunMetrics, List<double[]>> epochs(
      Function<EpochMetrics, Double> measure) {
    return run ->
        run.epochs().stream()
            .map(epoch -> new double[] {epoch.epoch(), measure.apply(epoch)})
            .toList();
  }

  private static Chart chart(
      String name,
      List<RunMetrics> runs,
      Function<RunMetrics, List<double[]>> curve,
      DoubleFunction<String> label) {
    Frame frame = Frame.of(564, 260, 62);
    List<List<double[]>> curves =
        runs.stream()
            .map(curve)
            .map(points -> points.stream().filter(point -> Double.isFinite(point[1])).toList())
            .map(points -> Chart.thinned(points, MOST_POINTS))
            .toList();
    Scale x = scale(curves, 0, frame.left(), frame.right());
    Scale y = scale(curves, 1, frame.bottom(), frame.top());
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      lines.add(
          Line.through(
              curves.get(i).stream()
                  .map(point -> new double[] {x.at(point[0]), y.at(point[1])})
                  .toList(),
              tone(i),
              runs.get(i).name()));
    }
    return new Chart(
        name + " over epochs",
        frame,
        x.ticks(Words::tick),
        y.ticks(label),
        "epoch",
        name,
        lines,
        List.of(),
        List.of());
  }

  private static Scale scale(List<List<double[]>> curves, int axis, double from, double to) {
    double[] values =
        curves.stream().flatMap(List::stream).mapToDouble(point -> point[axis]).sorted().toArray();
    return values.length == 0
        ? new Scale(0, 1, from, to, false)
        : Scale.over(values[0], values[values.length - 1], from, to);
  }

  private static String tone(int index) {
    return "tone" + index % TONES;
  }
}
