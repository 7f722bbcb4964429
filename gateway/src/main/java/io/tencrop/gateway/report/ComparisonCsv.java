package io.tencrop.gateway.report;

import io.tencrop.contracts.api.ComparisonView;
import io.tencrop.contracts.api.ComparisonView.Entry;
import io.tencrop.contracts.api.ComparisonView.Pair;
import io.tencrop.contracts.api.Cost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A comparison as comma-separated values, RFC 4180: a row for each entry, then for each pair. */
public final class ComparisonCsv {
  private static final List<String> COLUMNS =
      List.of(
          "kind",
          "experiment",
          "experiment_name",
          "name",
          "view",
          "accuracy",
          "accuracy_low",
          "accuracy_high",
          "validation_accuracy",
          "latency_p50_ms",
          "memory_bytes",
          "weights_bytes",
          "other_experiment",
          "other_name",
          "other_view",
          "difference",
          "difference_low",
          "difference_high",
          "only_first",
          "only_second",
          "p_value");

  private ComparisonCsv() {}

  /** The table. What does not apply to a row is empty. */
  public static String write(ComparisonView compared) {
    List<List<?>> rows = new ArrayList<>();
    for (Entry entry : compared.entries()) {
      Cost cost = entry.cost();
      rows.add(
          Arrays.asList(
              "entry",
              experiment(compared, entry),
              compared.experiments().get(entry.experiment()).name(),
              entry.name(),
              entry.view().label(),
              entry.accuracy(),
              entry.accuracyInterval().low(),
              entry.accuracyInterval().high(),
              entry.validationAccuracy(),
              cost == null ? null : cost.latency().p50Ms(),
              cost == null ? null : cost.memoryBytes(),
              cost == null ? null : cost.bytes()));
    }
    for (Pair pair : compared.pairs()) {
      Entry first = compared.entries().get(pair.first());
      Entry second = compared.entries().get(pair.second());
      rows.add(
          Arrays.asList(
              "pair",
              experiment(compared, first),
              compared.experiments().get(first.experiment()).name(),
              first.name(),
              first.view().label(),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              experiment(compared, second),
              second.name(),
              second.view().label(),
              pair.difference(),
              pair.differenceInterval().low(),
              pair.differenceInterval().high(),
              pair.onlyFirst(),
              pair.onlySecond(),
              pair.pValue()));
    }
    return Csv.write(COLUMNS, rows.stream().map(ComparisonCsv::filled).toList());
  }

  private static List<?> filled(List<?> row) {
    List<Object> filled = new ArrayList<>(row);
    while (filled.size() < COLUMNS.size()) {
      filled.add(null);
    }
    return filled;
  }

  private static String experiment(ComparisonView compared, Entry entry) {
    return compared.experiments().get(entry.experiment()).experimentId().toString();
  }
}
