package io.tencrop.gateway.report;

import io.tencrop.contracts.api.ComparisonView;
import io.tencrop.contracts.api.ComparisonView.Entry;
import io.tencrop.contracts.api.ComparisonView.Experiment;
import io.tencrop.contracts.api.ComparisonView.Pair;
import io.tencrop.contracts.api.Cost;
import io.tencrop.gateway.report.Page.Cell;
import io.tencrop.gateway.report.Page.Column;
import io.tencrop.gateway.report.Page.Legend;
import io.tencrop.gateway.report.Page.Section;
import io.tencrop.gateway.report.Page.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Experiments beside each other as one page that needs nothing beside itself. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /** HTML. */
  public static String html(ComparisonView compared) {
    List<Section> sections = new ArrayList<>();
    sections.add(entries(compared));
    if (!compared.pairs().isEmpty()) {
      sections.add(pairs(compared));
    }
    return HtmlPages.write(
        new Page(
            compared.experiments().stream()
                .map(ComparisonPage::name)
                .collect(Collectors.joining(" and ")),
            compared.experiments().stream().map(ComparisonPage::fact).toList(),
            sections));
  }

  private static String fact(Experiment experiment) {
    return "%s: data set %s, %s test images, experiment %s."
        .formatted(
            name(experiment),
            experiment.datasetName(),
            Words.whole(experiment.testImages()),
            experiment.experimentId());
  }

  private static String name(Experiment experiment) {
    String name = experiment.name();
    return name == null ? experiment.experimentId().toString() : name;
  }

  private static String name(ComparisonView compared, Entry entry) {
    return "%s: %s, %s"
        .formatted(
            name(compared.experiments().get(entry.experiment())),
            entry.name(),
            entry.view().label());
  }

  private static Section entries(ComparisonView compared) {
    List<IntervalChart.Row> rows =
        compared.entries().stream()
            .map(
                entry ->
                    new IntervalChart.Row(
                        name(compared, entry),
                        entry.accuracy(),
                        entry.accuracyInterval(),
                        entry.ensemble(),
                        tone(entry.experiment())))
            .toList();
    List<Legend> legend = new ArrayList<>();
    for (int i = 0; i < compared.experiments().size(); i++) {
      legend.add(new Legend(name(compared.experiments().get(i)), tone(i)));
    }
    return new Section(
        "Accuracy on the test images",
        List.of(),
        legend,
        rows.isEmpty() ? List.of() : List.of(IntervalChart.of(rows)),
        List.of(table(compared)),
        compared.notes());
  }

  private static String tone(int experiment) {
    return "tone" + experiment % 10;
  }

  private static Sheet table(ComparisonView compared) {
    return new Sheet(
        null,
        List.of(
            Column.text("Experiment"),
            Column.text("Run or ensemble"),
            Column.text("View"),
            Column.number("Test"),
            Column.text("95 % interval"),
            Column.number("Validation"),
            Column.number("Gap"),
            Column.number("p50 ms"),
            Column.number("Memory MB"),
            Column.number("Weights MB")),
        compared.entries().stream().map(entry -> row(compared, entry)).toList());
  }

  private static List<Cell> row(ComparisonView compared, Entry entry) {
    Cost cost = entry.cost();
    return Cell.row(
        name(compared.experiments().get(entry.experiment())),
        entry.name() + (entry.ensemble() ? " (ensemble)" : ""),
        entry.view().label(),
        Words.percent(entry.accuracy()),
        Words.percent(entry.accuracyInterval().low())
            + " to "
            + Words.percent(entry.accuracyInterval().high()),
        Words.percent(entry.validationAccuracy()),
        Words.gap(entry.validationAccuracy(), entry.accuracy()),
        cost == null ? "-" : Words.number(cost.latency().p50Ms()),
        cost == null ? "-" : Words.number(cost.memoryBytes() / 1e6),
        cost == null ? "-" : Words.number(cost.bytes() / 1e6));
  }

  private static Section pairs(ComparisonView compared) {
    List<List<Cell>> rows = compared.pairs().stream().map(pair -> row(compared, pair)).toList();
    return Section.of(
        "Between experiments, on the same test images",
        new Sheet(
            null,
            List.of(
                Column.text("Better on test"),
                Column.text("Than"),
                Column.number("Difference, points"),
                Column.text("95 % interval"),
                Column.number("Only the first right"),
                Column.number("Only the second right"),
                Column.number("p-value")),
            rows),
        "McNemar's exact test and the paired bootstrap. No correction for many comparisons: of twenty differences by chance one has a p-value below 0.05.");
  }

  private static List<Cell> row(ComparisonView compared, Pair pair) {
    return Cell.row(
        name(compared, compared.entries().get(pair.first())),
        name(compared, compared.entries().get(pair.second())),
        points(pair.difference()),
        points(pair.differenceInterval().low()) + " to " + points(pair.differenceInterval().high()),
        Words.whole(pair.onlyFirst()),
        Words.whole(pair.onlySecond()),
        String.format(Locale.ROOT, "%.3g", pair.pValue()));
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.2f", 100 * share);
  }
}
