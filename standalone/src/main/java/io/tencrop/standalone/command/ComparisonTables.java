package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ComparisonView;
import io.tencrop.contracts.api.ComparisonView.Entry;
import io.tencrop.contracts.api.ComparisonView.Experiment;
import io.tencrop.contracts.api.ComparisonView.Pair;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.standalone.terminal.Terminal.Style;
import java.util.Locale;

/** Experiments beside each other. */
final class ComparisonTables {
  private final Terminal terminal;

  ComparisonTables(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(ComparisonView compared) {
    titled("Test accuracy", entries(compared));
    if (!compared.pairs().isEmpty()) {
      terminal.println("");
      titled("Between experiments, on the same test images (McNemar)", pairs(compared));
    }
    compared.notes().forEach(note -> terminal.println("note: " + note));
  }

  private void titled(String title, Table table) {
    terminal.println(terminal.styled(Style.BOLD, title));
    table.lines().forEach(line -> terminal.println("  " + line));
  }

  static Table entries(ComparisonView compared) {
    Table table =
        new Table(
            Column.text("EXPERIMENT"),
            Column.text("RUN OR ENSEMBLE"),
            Column.text("VIEW"),
            Column.number("TEST"),
            Column.text("95 % INTERVAL"),
            Column.number("VALIDATION"));
    for (Entry entry : compared.entries()) {
      Double validation = entry.validationAccuracy();
      table.row(
          name(compared, entry),
          entry.name(),
          entry.view().label(),
          Format.percent(entry.accuracy()),
          Format.percent(entry.accuracyInterval().low())
              + " to "
              + Format.percent(entry.accuracyInterval().high()),
          validation == null ? "-" : Format.percent(validation));
    }
    return table;
  }

  static Table pairs(ComparisonView compared) {
    Table table =
        new Table(
            Column.text("BETTER ON TEST"),
            Column.text("THAN"),
            Column.number("POINTS"),
            Column.text("95 % INTERVAL"),
            Column.number("P"));
    for (Pair pair : compared.pairs()) {
      table.row(
          described(compared, compared.entries().get(pair.first())),
          described(compared, compared.entries().get(pair.second())),
          points(pair.difference()),
          points(pair.differenceInterval().low())
              + " to "
              + points(pair.differenceInterval().high()),
          String.format(Locale.ROOT, "%.3g", pair.pValue()));
    }
    return table;
  }

  private static String described(ComparisonView compared, Entry entry) {
    return name(compared, entry) + ": " + entry.name() + ", " + entry.view().label();
  }

  private static String name(ComparisonView compared, Entry entry) {
    Experiment experiment = compared.experiments().get(entry.experiment());
    String name = experiment.name();
    return name == null ? experiment.experimentId().toString() : name;
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.2f", 100 * share);
  }
}
