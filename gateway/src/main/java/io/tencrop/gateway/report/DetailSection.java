package io.tencrop.gateway.report;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ranked;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.api.Measures.Bin;
import io.tencrop.contracts.api.Measures.Calibration;
import io.tencrop.contracts.api.Measures.ClassMeasures;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.gateway.report.Chart.Bar;
import io.tencrop.gateway.report.Chart.Frame;
import io.tencrop.gateway.report.Chart.Line;
import io.tencrop.gateway.report.Page.Cell;
import io.tencrop.gateway.report.Page.Column;
import io.tencrop.gateway.report.Page.Section;
import io.tencrop.gateway.report.Page.Sheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is entered, or else stands first in the ranking, looked at closely: on the test images. */
final class DetailSection {
  /** A matrix of more classes would not fit; the pairs that are confused most are told instead. */
  private static final int MOST_CLASSES = 20;

  private static final int PAIRS = 20;

  private DetailSection() {}

  static Optional<Section> of(ExperimentResults results, BudgetView budget) {
    EntryMeasures all = new EntryMeasures(results);
    PreparedDataset data = results.dataset();
    BudgetView.Pick enter = budget.enter();
    if (data == null) {
      return Optional.empty();
    }
    if (enter != null) {
      Cost cost = budget.entries().get(enter.entry()).cost();
      return all.of(cost, SplitName.TEST)
          .map(measures -> section(cost.name(), cost.view(), measures, data.classes()));
    }
    if (results.ranking().isEmpty()) {
      return Optional.empty();
    }
    Ranked first = results.ranking().get(0);
    return all.of(first.name(), first.ensemble(), first.view(), SplitName.TEST)
        .map(measures -> section(first.name(), first.view(), measures, data.classes()));
  }

  private static Section section(
      String name, ViewSpec view, Measures measures, List<String> classes) {
    Calibration calibration = measures.calibration();
    List<Sheet> sheets = new ArrayList<>();
    sheets.add(
        classes.size() <= MOST_CLASSES
            ? confusion(measures.confusion(), classes)
            : mostConfused(measures.confusion(), classes));
    List<ClassMeasures> each = measures.classes();
    if (each != null) {
      sheets.add(classes(each, classes));
    }
    return new Section(
        "%s, %s: over the %s test images"
            .formatted(name, view.label(), Words.whole(measures.images())),
        calibration == null
            ? List.of()
            : List.of(
                "Expected calibration error %s, maximum %s, over bins of equal width."
                    .formatted(
                        Words.percent(calibration.expectedError()),
                        Words.percent(calibration.maximumError()))),
        List.of(),
        calibration == null ? List.of() : List.of(reliability(calibration.bins())),
        sheets,
        List.of());
  }

  private static Chart reliability(List<Bin> bins) {
    Frame frame = Frame.of(420, 380, 56);
    Scale x = new Scale(0, 1, frame.left(), frame.right(), false);
    Scale y = new Scale(0, 1, frame.bottom(), frame.top(), false);
    List<Bar> bars = new ArrayList<>();
    double from = 0;
    for (Bin bin : bins) {
      if (bin.images() > 0) {
        bars.add(
            new Bar(
                x.at(from) + 0.5,
                y.at(bin.accuracy()),
                x.at(bin.to()) - x.at(from) - 1,
                y.at(0) - y.at(bin.accuracy()),
                "bin",
                "%s images, confident %s, right %s"
                    .formatted(
                        Words.whole(bin.images()),
                        Words.percent(bin.confidence()),
                        Words.percent(bin.accuracy()))));
      }
      from = bin.to();
    }
    return new Chart(
        "Reliability: share right by confidence",
        frame,
        x.ticks(Words::shortPercent),
        y.ticks(Words::shortPercent),
        "confidence",
        "right; as often as claimed on the dotted line",
        List.of(
            Line.through(
                List.of(new double[] {x.at(0), y.at(0)}, new double[] {x.at(1), y.at(1)}),
                "ideal",
                "as often right as claimed")),
        bars,
        List.of());
  }

  private static Sheet confusion(List<List<Integer>> counts, List<String> classes) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("True, predicted →")));
    classes.forEach(name -> columns.add(Column.number(name)));
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      int images = counts.get(i).stream().mapToInt(Integer::intValue).sum();
      List<Cell> row = new ArrayList<>(List.of(new Cell(classes.get(i), 0)));
      for (int count : counts.get(i)) {
        row.add(new Cell(Words.whole(count), images == 0 ? 0 : Math.round(80f * count / images)));
      }
      rows.add(row);
    }
    return new Sheet("Confusion matrix", columns, rows);
  }

  private static Sheet mostConfused(List<List<Integer>> counts, List<String> classes) {
    record Pair(int actual, int predicted, int count) {}
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      for (int j = 0; j < counts.size(); j++) {
        if (i != j && counts.get(i).get(j) > 0) {
          pairs.add(new Pair(i, j, counts.get(i).get(j)));
        }
      }
    }
    return new Sheet(
        "Classes that are confused most",
        List.of(Column.text("True"), Column.text("Predicted"), Column.number("Images")),
        pairs.stream()
            .sorted(Comparator.comparingInt(Pair::count).reversed())
            .limit(PAIRS)
            .map(
                pair ->
                    Cell.row(
                        classes.get(pair.actual()),
                        classes.get(pair.predicted()),
                        Words.whole(pair.count())))
            .toList());
  }

  private static Sheet classes(List<ClassMeasures> each, List<String> classes) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      ClassMeasures measures = each.get(i);
      rows.add(
          Cell.row(
              classes.get(i),
              Words.whole(measures.images()),
              Words.percent(measures.precision()),
              Words.percent(measures.recall()),
              Words.percent(measures.f1())));
    }
    return new Sheet(
        "By class",
        List.of(
            Column.text("Class"),
            Column.number("Images"),
            Column.number("Precision"),
            Column.number("Recall"),
            Column.number("F1")),
        rows);
  }
}
