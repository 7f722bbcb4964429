package io.tencrop.gateway.report;

import io.tencrop.gateway.report.Scale.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A chart as geometry, in pixels; {@code chart.html} draws it.
 *
 * @param description for who cannot see it
 */
record Chart(
    String description,
    Frame frame,
    List<Tick> xTicks,
    List<Tick> yTicks,
    String xName,
    String yName,
    List<Line> lines,
    List<Bar> bars,
    List<Mark> marks) {
  Chart {
    xTicks = List.copyOf(xTicks);
    yTicks = List.copyOf(yTicks);
    lines = List.copyOf(lines);
    bars = List.copyOf(bars);
    marks = List.copyOf(marks);
  }

  /**
   * Where values are drawn.
   *
   * @param width of the whole picture
   * @param height of the whole picture
   */
  record Frame(int width, int height, int left, int top, int right, int bottom) {
    static Frame of(int width, int height, int left) {
      return new Frame(width, height, left, 22, width - 14, height - 38);
    }
  }

  /**
   * @param points {@code x,y x,y ...}
   * @param style a class of the style sheet, such as {@code line2}
   */
  record Line(String points, String style, String title) {
    static Line through(List<double[]> points, String style, String title) {
      StringBuilder text = new StringBuilder();
      for (double[] point : points) {
        text.append(text.isEmpty() ? "" : " ")
            .append(String.format(Locale.ROOT, "%.1f,%.1f", point[0], point[1]));
      }
      return new Line(text.toString(), style, title);
    }
  }

  /** A rectangle. */
  record Bar(double x, double y, double width, double height, String style, String title) {}

  /**
   * @param diamond otherwise a circle
   * @param label beside it; absent: none
   */
  record Mark(
      double x, double y, boolean diamond, String style, String title, @Nullable String label) {}

  /** Of many points so few that a page stays small, the last among them. */
  static <T> List<T> thinned(List<T> points, int most) {
    if (points.size() <= most) {
      return points;
    }
    List<T> kept = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      kept.add(points.get((int) ((long) i * (points.size() - 1) / (most - 1))));
    }
    return kept;
  }
}
