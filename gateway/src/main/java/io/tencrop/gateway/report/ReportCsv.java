package io.tencrop.gateway.report;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.ExperimentResults.Ranked;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.api.Measures.Calibration;
import io.tencrop.contracts.api.Measures.Interval;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The report as comma-separated values, RFC 4180: a row for each entry, split and view. */
public final class ReportCsv {
  private static final List<String> COLUMNS =
      List.of(
          "kind",
          "name",
          "group",
          "architecture",
          "seed",
          "epoch",
          "members",
          "view",
          "split",
          "images",
          "accuracy",
          "accuracy_low",
          "accuracy_high",
          "accuracy_deviation",
          "loss",
          "loss_deviation",
          "top5",
          "auc",
          "expected_calibration_error",
          "temperature",
          "rank",
          "latency_p50_ms",
          "latency_p99_ms",
          "images_per_second",
          "memory_bytes",
          "weights_bytes",
          "parameters",
          "flops");

  private final ExperimentResults results;
  private final List<List<?>> rows = new ArrayList<>();

  private ReportCsv(ExperimentResults results) {
    this.results = results;
  }

  /** The table. What does not apply to a row is empty. */
  public static String write(ExperimentResults results) {
    ReportCsv csv = new ReportCsv(results);
    results.models().forEach(csv::add);
    results.groups().forEach(csv::add);
    results.ensembles().forEach(csv::add);
    return Csv.write(COLUMNS, csv.rows);
  }

  private void add(Model model) {
    rows.add(
        row(
            Arrays.asList(
                "model",
                model.name(),
                model.group(),
                model.architecture(),
                model.seed(),
                model.checkpoint().epoch(),
                null),
            measures(model.view(), model.split(), model.measures()),
            EntryMeasures.isEntry(model)
                ? costs(model.name(), false, model.view(), model.split())
                : none()));
  }

  private void add(Ensemble ensemble) {
    rows.add(
        row(
            Arrays.asList(
                "ensemble",
                ensemble.name(),
                null,
                null,
                null,
                null,
                String.join(" ", ensemble.members())),
            measures(ensemble.view(), ensemble.split(), ensemble.measures()),
            costs(ensemble.name(), true, ensemble.view(), ensemble.split())));
  }

  private void add(Group group) {
    rows.add(
        row(
            Arrays.asList(
                "group",
                group.group(),
                group.group(),
                group.architecture(),
                null,
                null,
                group.runs()),
            Arrays.asList(
                group.view().label(),
                group.split().label(),
                null,
                group.meanAccuracy(),
                null,
                null,
                group.deviationAccuracy(),
                group.meanLoss(),
                group.deviationLoss(),
                null,
                null,
                null,
                null),
            none()));
  }

  private static List<?> measures(ViewSpec view, SplitName split, Measures measures) {
    Interval interval = measures.accuracyInterval();
    Calibration calibration = measures.calibration();
    return Arrays.asList(
        view.label(),
        split.label(),
        measures.images(),
        measures.accuracy(),
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high(),
        null,
        measures.loss(),
        null,
        measures.top5(),
        measures.auc(),
        calibration == null ? null : calibration.expectedError(),
        calibration == null ? null : calibration.temperature());
  }

  /** Rank and costs stand in the rows of test. */
  private List<?> costs(String name, boolean ensemble, ViewSpec view, SplitName split) {
    if (split != SplitName.TEST) {
      return none();
    }
    Optional<Cost> cost =
        results.costs().stream()
            .filter(c -> c.name().equals(name) && c.ensemble() == ensemble && c.view().equals(view))
            .findFirst();
    Integer rank =
        results.ranking().stream()
            .filter(r -> r.name().equals(name) && r.ensemble() == ensemble && r.view().equals(view))
            .map(Ranked::rank)
            .findFirst()
            .orElse(null);
    return Arrays.asList(
        rank,
        of(cost, c -> c.latency().p50Ms()),
        of(cost, c -> c.latency().p99Ms()),
        of(cost, c -> c.throughput().imagesPerSecond()),
        of(cost, Cost::memoryBytes),
        of(cost, Cost::bytes),
        of(cost, Cost::parameters),
        of(cost, Cost::flops));
  }

  private static @Nullable Object of(Optional<Cost> cost, Function<Cost, Object> figure) {
    return cost.map(figure).orElse(null);
  }

  private static List<?> none() {
    return Arrays.asList(new Object[8]);
  }

  private static List<?> row(List<?> who, List<?> measures, List<?> costs) {
    List<Object> row = new ArrayList<>(who);
    row.addAll(measures);
    row.addAll(costs);
    return row;
  }
}
