package io.tencrop.gateway.report;

import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.BudgetView.Entry;
import io.tencrop.contracts.api.BudgetView.Pick;
import io.tencrop.contracts.api.BudgetView.Step;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.Cost.Device;
import io.tencrop.gateway.report.Chart.Frame;
import io.tencrop.gateway.report.Chart.Line;
import io.tencrop.gateway.report.Chart.Mark;
import io.tencrop.gateway.report.Page.Cell;
import io.tencrop.gateway.report.Page.Column;
import io.tencrop.gateway.report.Page.Section;
import io.tencrop.gateway.report.Page.Sheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What everything costs, and what is worth it. */
final class BudgetSection {
  private static final double MEGA = 1e6;

  private BudgetSection() {}

  static Section of(BudgetView budget) {
    List<Chart> charts = new ArrayList<>();
    List<Sheet> sheets = new ArrayList<>();
    if (!budget.latencyFront().isEmpty()) {
      charts.add(
          chart(
              budget,
              budget.latencyFront(),
              "latency for an image, ms",
              cost -> cost.latency().p50Ms()));
      charts.add(
          chart(budget, budget.memoryFront(), "memory, MB", cost -> cost.memoryBytes() / MEGA));
      charts.add(chart(budget, budget.sizeFront(), "weights, MB", cost -> cost.bytes() / MEGA));
      sheets.add(front(budget));
    }
    sheets.add(costs(budget));
    return new Section(
        "What an answer costs",
        List.of(),
        List.of(),
        charts,
        sheets,
        List.of(
            "Measured on %s; images/s in batches of %d, %s timed calls for the latency."
                .formatted(devices(budget), batch(budget), calls(budget)),
            "The members of an ensemble answer one after another. Memory is that of weights and activations, computed: without the engine's own and the scratch memory of its operations. MB are 10^6 bytes, a multiply-accumulate is two FLOPs."));
  }

  private static Chart chart(
      BudgetView budget, List<Step> front, String name, ToDoubleFunction<Cost> cost) {
    Frame frame = Frame.of(564, 320, 62);
    List<Entry> entries =
        budget.entries().stream().filter(entry -> entry.validationAccuracy() != null).toList();
    double[] costs = entries.stream().mapToDouble(e -> cost.applyAsDouble(e.cost())).toArray();
    double[] right = entries.stream().mapToDouble(BudgetSection::validation).toArray();
    Scale x = Scale.logarithmic(least(costs), greatest(costs), frame.left(), frame.right());
    Scale y = Scale.over(least(right), greatest(right), frame.bottom(), frame.top() + 14);
    List<double[]> steps = new ArrayList<>();
    for (Step step : front) {
      if (!steps.isEmpty()) {
        steps.add(new double[] {x.at(step.cost()), steps.get(steps.size() - 1)[1]});
      }
      steps.add(new double[] {x.at(step.cost()), y.at(step.validationAccuracy())});
    }
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < budget.entries().size(); i++) {
      Entry entry = budget.entries().get(i);
      if (entry.validationAccuracy() != null) {
        String label = label(i, budget);
        marks.add(
            new Mark(
                x.at(cost.applyAsDouble(entry.cost())),
                y.at(validation(entry)),
                entry.cost().ensemble(),
                label == null ? "entry" : "picked",
                "%s: %s on validation, %s on test, %s ms, %s MB of memory, %s MB of weights"
                    .formatted(
                        Words.name(entry.cost()),
                        Words.percent(validation(entry)),
                        Words.percent(entry.accuracy()),
                        Words.number(entry.cost().latency().p50Ms()),
                        Words.number(entry.cost().memoryBytes() / MEGA),
                        Words.number(entry.cost().bytes() / MEGA)),
                label));
      }
    }
    return new Chart(
        "Validation accuracy against " + name,
        frame,
        x.ticks(Words::tick),
        y.ticks(Words::shortPercent),
        name,
        "validation accuracy",
        List.of(Line.through(steps, "front", "worth its cost")),
        List.of(),
        marks);
  }

  private static @Nullable String label(int index, BudgetView budget) {
    String label =
        Stream.of(is(index, budget.enter()) ? "enter" : "", is(index, budget.ship()) ? "ship" : "")
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(" and "));
    return label.isEmpty() ? null : label;
  }

  private static boolean is(int index, @Nullable Pick pick) {
    return pick != null && pick.entry() == index;
  }

  private static double validation(Entry entry) {
    Double accuracy = entry.validationAccuracy();
    return accuracy == null ? 0 : accuracy;
  }

  private static double least(double[] values) {
    return java.util.Arrays.stream(values).min().orElse(0);
  }

  private static double greatest(double[] values) {
    return java.util.Arrays.stream(values).max().orElse(1);
  }

  private static Sheet front(BudgetView budget) {
    List<List<Cell>> rows =
        budget.latencyFront().stream()
            .map(
                step -> {
                  Cost cost = budget.entries().get(step.entry()).cost();
                  Double price = step.pricePerPoint();
                  return Cell.row(
                      cost.name(),
                      cost.view().label(),
                      Words.number(step.cost()),
                      Words.percent(step.validationAccuracy()),
                      Words.percent(step.accuracy()),
                      price == null ? "–" : Words.number(price));
                })
            .toList();
    return new Sheet(
        "Worth its latency",
        List.of(
            Column.text("Run or ensemble"),
            Column.text("View"),
            Column.number("ms"),
            Column.number("Validation"),
            Column.number("Test"),
            Column.number("ms for each further point")),
        rows);
  }

  private static Sheet costs(BudgetView budget) {
    List<List<Cell>> rows =
        budget.entries().stream()
            .sorted(Comparator.comparingDouble(entry -> entry.cost().latency().p50Ms()))
            .map(
                entry -> {
                  Cost cost = entry.cost();
                  return Cell.row(
                      cost.name()
                          + (cost.ensemble() ? " (ensemble of " + cost.members() + ")" : ""),
                      cost.view().label(),
                      Words.percent(entry.accuracy()),
                      Words.gap(entry.validationAccuracy(), entry.accuracy()),
                      Words.number(cost.latency().p50Ms()),
                      Words.number(cost.latency().p99Ms()),
                      Words.number(cost.throughput().imagesPerSecond()),
                      Words.number(cost.memoryBytes() / MEGA),
                      Words.number(cost.bytes() / MEGA),
                      Words.whole(cost.parameters()),
                      Words.number(cost.flops() / MEGA));
                })
            .toList();
    return new Sheet(
        "Cost of an image",
        List.of(
            Column.text("Run or ensemble"),
            Column.text("View"),
            Column.number("Test"),
            Column.number("Gap"),
            Column.number("p50 ms"),
            Column.number("p99 ms"),
            Column.number("Images/s"),
            Column.number("Memory MB"),
            Column.number("Weights MB"),
            Column.number("Parameters"),
            Column.number("MFLOP")),
        rows);
  }

  private static String devices(BudgetView budget) {
    return budget.entries().stream()
        .map(entry -> words(entry.cost().device()))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String words(Device device) {
    return "%s, %d processors, %d %s, %s"
        .formatted(
            device.processor(),
            device.processors(),
            device.threads(),
            device.threads() == 1 ? "thread" : "threads",
            device.engine());
  }

  private static int batch(BudgetView budget) {
    return budget.entries().get(0).cost().throughput().batch();
  }

  private static String calls(BudgetView budget) {
    int[] calls =
        budget.entries().stream()
            .mapToInt(entry -> entry.cost().latency().calls())
            .sorted()
            .toArray();
    int least = calls[0];
    int most = calls[calls.length - 1];
    return least == most ? Integer.toString(least) : least + " to " + most;
  }
}
