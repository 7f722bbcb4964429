package io.tencrop.gateway.report;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.api.Measures.Interval;
import io.tencrop.gateway.report.Page.Cell;
import io.tencrop.gateway.report.Page.Column;
import io.tencrop.gateway.report.Page.Section;
import io.tencrop.gateway.report.Page.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All results as tables, and the notes. */
final class ResultsSection {
  private static final List<Column> MEASURES =
      List.of(
          Column.text("Split"),
          Column.number("Accuracy"),
          Column.text("95 % interval"),
          Column.number("Top-5"),
          Column.number("Loss"),
          Column.number("Calibration error"));

  private ResultsSection() {}

  static Section of(ExperimentResults results) {
    List<Sheet> sheets = new ArrayList<>();
    if (!results.groups().isEmpty()) {
      sheets.add(groups(results.groups()));
    }
    if (!results.ensembles().isEmpty()) {
      sheets.add(ensembles(results.ensembles()));
    }
    sheets.add(models(results.models()));
    return new Section("All results", List.of(), List.of(), List.of(), sheets, results.notes());
  }

  private static Sheet models(List<Model> models) {
    return new Sheet(
        "Models",
        columns(Column.text("Model"), Column.number("Epoch"), Column.text("View")),
        models.stream()
            .map(
                model ->
                    row(
                        model.split(),
                        model.measures(),
                        model.name(),
                        Integer.toString(model.checkpoint().epoch()),
                        model.view().label()))
            .toList());
  }

  private static Sheet ensembles(List<Ensemble> ensembles) {
    return new Sheet(
        "Ensembles",
        columns(Column.text("Ensemble"), Column.text("Members"), Column.text("View")),
        ensembles.stream()
            .map(
                ensemble ->
                    row(
                        ensemble.split(),
                        ensemble.measures(),
                        ensemble.name(),
                        members(ensemble.members()),
                        ensemble.view().label()))
            .toList());
  }

  /** {@code a x2, b}: a member may be picked more than once. */
  private static String members(List<String> members) {
    Map<String, Long> counts =
        members.stream()
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getKey() + " x" + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Sheet groups(List<Group> groups) {
    return new Sheet(
        "Over seeds, mean ± sample standard deviation",
        List.of(
            Column.text("Group"),
            Column.number("Runs"),
            Column.text("View"),
            Column.text("Split"),
            Column.number("Accuracy"),
            Column.number("Loss")),
        groups.stream()
            .map(
                group ->
                    Cell.row(
                        group.group(),
                        Integer.toString(group.runs()),
                        group.view().label(),
                        group.split().label(),
                        Words.percent(group.meanAccuracy())
                            + deviation(group.deviationAccuracy(), 100, 2),
                        String.format(Locale.ROOT, "%.4f", group.meanLoss())
                            + deviation(group.deviationLoss(), 1, 4)))
            .toList());
  }

  private static String deviation(@Nullable Double deviation, double scale, int digits) {
    return deviation == null
        ? ""
        : String.format(Locale.ROOT, " ± %." + digits + "f", scale * deviation);
  }

  private static List<Column> columns(Column... first) {
    return Stream.concat(Stream.of(first), MEASURES.stream()).toList();
  }

  private static List<Cell> row(SplitName split, Measures measures, String... first) {
    Interval interval = measures.accuracyInterval();
    String[] figures = {
      split.label(),
      Words.percent(measures.accuracy()),
      interval == null
          ? "-"
          : Words.percent(interval.low()) + " to " + Words.percent(interval.high()),
      Words.percent(measures.top5()),
      String.format(Locale.ROOT, "%.4f", measures.loss()),
      measures.calibration() == null ? "-" : Words.percent(measures.calibration().expectedError())
    };
    return Cell.row(Stream.concat(Stream.of(first), Stream.of(figures)).toArray(String[]::new));
  }
}
