package io.tencrop.standalone.command;

import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.BudgetView.Entry;
import io.tencrop.contracts.api.BudgetView.Pick;
import io.tencrop.contracts.api.BudgetView.Step;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.Cost.Device;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.standalone.terminal.Terminal.Style;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The budget report: the choices, each front, and what everything costs. */
final class BudgetTables {
  private static final double MEGA = 1e6;
  private static final String NONE = "-";

  private final Terminal terminal;

  BudgetTables(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(BudgetView budget) {
    sentence(budget.enter());
    sentence(budget.ship());
    if (!budget.latencyFront().isEmpty()) {
      titled("Worth its latency", front(budget, budget.latencyFront(), "MS"));
      titled("Worth its memory", front(budget, budget.memoryFront(), "MB"));
      titled("Worth its size", front(budget, budget.sizeFront(), "MB"));
    }
    if (!budget.entries().isEmpty()) {
      titled("What each run and ensemble takes for an image", entries(budget));
      terminal.println("");
      terminal.println(measuredOn(budget));
    }
    budget.notes().forEach(note -> terminal.println("note: " + note));
  }

  private void sentence(@Nullable Pick pick) {
    if (pick != null) {
      terminal.println(pick.words());
    }
  }

  private void titled(String title, Table table) {
    terminal.println("");
    terminal.println(terminal.styled(Style.BOLD, title));
    table.lines().forEach(line -> terminal.println("  " + line));
  }

  static Table front(BudgetView budget, List<Step> steps, String unit) {
    Table table =
        new Table(
            Column.text("RUN OR ENSEMBLE"),
            Column.text("VIEW"),
            Column.number(unit),
            Column.number("VALIDATION"),
            Column.number("TEST"),
            Column.number(unit + " PER POINT"));
    for (Step step : steps) {
      Cost cost = budget.entries().get(step.entry()).cost();
      Double price = step.pricePerPoint();
      table.row(
          cost.name(),
          cost.view().label(),
          number(step.cost()),
          Format.percent(step.validationAccuracy()),
          Format.percent(step.accuracy()),
          price == null ? NONE : number(price));
    }
    return table;
  }

  /** By latency; with a star those within the limits. */
  static Table entries(BudgetView budget) {
    Table table =
        new Table(
            Column.text(""),
            Column.text("RUN OR ENSEMBLE"),
            Column.text("VIEW"),
            Column.number("TEST"),
            Column.number("GAP"),
            Column.number("P50 MS"),
            Column.number("P99 MS"),
            Column.number("IMAGES/S"),
            Column.number("MEMORY MB"),
            Column.number("SIZE MB"),
            Column.number("PARAMETERS"),
            Column.number("MFLOP"));
    List<Entry> byLatency =
        budget.entries().stream()
            .sorted(Comparator.comparingDouble(entry -> entry.cost().latency().p50Ms()))
            .toList();
    for (Entry entry : byLatency) {
      Cost cost = entry.cost();
      Double gap = entry.gap();
      table.row(
          entry.within() ? "*" : " ",
          cost.name(),
          cost.view().label(),
          Format.percent(entry.accuracy()),
          gap == null ? NONE : String.format(Locale.ROOT, "%+.2f", 100 * gap),
          number(cost.latency().p50Ms()),
          number(cost.latency().p99Ms()),
          number(cost.throughput().imagesPerSecond()),
          number(cost.memoryBytes() / MEGA),
          number(cost.bytes() / MEGA),
          Format.whole(cost.parameters()),
          number(cost.flops() / MEGA));
    }
    return table;
  }

  private static String measuredOn(BudgetView budget) {
    List<Device> devices =
        budget.entries().stream().map(entry -> entry.cost().device()).distinct().toList();
    int[] calls =
        budget.entries().stream().mapToInt(entry -> entry.cost().latency().calls()).toArray();
    return "Measured on %s; %d to %d calls each. *: within the limits. GAP: validation less test, in points."
        .formatted(
            devices.stream()
                .map(
                    device ->
                        "%s, %d processors, %d %s, %s"
                            .formatted(
                                device.processor(),
                                device.processors(),
                                device.threads(),
                                device.threads() == 1 ? "thread" : "threads",
                                device.engine()))
                .collect(Collectors.joining("; ")),
            IntStream.of(calls).min().orElse(0),
            IntStream.of(calls).max().orElse(0));
  }

  /** Three significant digits, and all digits of the whole part. */
  private static String number(double value) {
    if (value == 0 || Math.abs(value) >= 100) {
      return Format.whole(value);
    }
    return Format.decimals(
        value, Math.min(6, Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))))));
  }
}
