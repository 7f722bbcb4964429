package io.tencrop.standalone.command;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.ExperimentResults.Ranked;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.standalone.terminal.Terminal.Style;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Test accuracy of single models, groups and ensembles, single crop beside ten-crop. */
final class ResultTables {
  private static final String NONE = "-";

  private final Terminal terminal;

  ResultTables(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(ExperimentResults results) {
    int images =
        results.models().stream()
            .filter(model -> model.split() == SplitName.TEST)
            .mapToInt(model -> model.measures().images())
            .findFirst()
            .orElse(0);
    terminal.println("");
    terminal.println(
        terminal.styled(Style.BOLD, "Test accuracy over " + Format.whole(images) + " images"));
    print(models(results.models()));
    if (!results.groups().isEmpty()) {
      terminal.println("");
      terminal.println(terminal.styled(Style.BOLD, "Mean ± deviation over seeds"));
      print(groups(results.groups()));
    }
    if (!results.ensembles().isEmpty()) {
      terminal.println("");
      terminal.println(terminal.styled(Style.BOLD, "Ensembles"));
      print(ensembles(results.ensembles()));
    }
    if (results.ranking().size() > 1) {
      terminal.println("");
      terminal.println(
          terminal.styled(
              Style.BOLD, "Ranking (who share a rank may not be told apart by these images)"));
      print(ranking(results.ranking()));
    }
    if (!results.distillations().isEmpty()) {
      terminal.println("");
      terminal.println(terminal.styled(Style.BOLD, "Students and their teachers"));
      print(DistillationTable.of(results.distillations()));
    }
    DiagnosisLines.print(terminal, results.diagnoses());
    results.notes().forEach(note -> terminal.println("note: " + note));
  }

  private void print(Table table) {
    table.lines().forEach(line -> terminal.println("  " + line));
  }

  static Table models(List<Model> models) {
    List<Model> tested = models.stream().filter(model -> model.split() == SplitName.TEST).toList();
    List<ViewSpec> views = views(tested, Model::view);
    List<Column> columns = new ArrayList<>(List.of(Column.text("MODEL"), Column.number("STEP")));
    views.forEach(view -> columns.add(Column.number(title(view))));
    views.forEach(view -> columns.add(Column.number(lossTitle(view))));
    Table table = new Table(columns);
    for (Map<ViewSpec, Model> row :
        byView(tested, model -> model.name() + " " + model.checkpoint().step(), Model::view)) {
      Model any = row.values().iterator().next();
      List<String> cells =
          new ArrayList<>(List.of(any.name(), Format.whole(any.checkpoint().step())));
      cells.addAll(cells(row, views, model -> Format.percent(model.measures().accuracy())));
      cells.addAll(cells(row, views, model -> Format.decimals(model.measures().loss(), 4)));
      table.row(cells);
    }
    return table;
  }

  static Table groups(List<Group> groups) {
    List<Group> tested = groups.stream().filter(group -> group.split() == SplitName.TEST).toList();
    List<ViewSpec> views = views(tested, Group::view);
    List<Column> columns = new ArrayList<>(List.of(Column.text("GROUP"), Column.number("RUNS")));
    views.forEach(view -> columns.add(Column.number(title(view))));
    Table table = new Table(columns);
    for (Map<ViewSpec, Group> row : byView(tested, Group::group, Group::view)) {
      Group any = row.values().iterator().next();
      List<String> cells = new ArrayList<>(List.of(any.group(), Integer.toString(any.runs())));
      cells.addAll(
          cells(
              row,
              views,
              group -> Format.percent(group.meanAccuracy(), group.deviationAccuracy())));
      table.row(cells);
    }
    return table;
  }

  static Table ensembles(List<Ensemble> ensembles) {
    List<Ensemble> tested =
        ensembles.stream().filter(ensemble -> ensemble.split() == SplitName.TEST).toList();
    List<ViewSpec> views = views(tested, Ensemble::view);
    List<Column> columns = new ArrayList<>(List.of(Column.text("ENSEMBLE")));
    views.forEach(view -> columns.add(Column.number(title(view))));
    columns.add(Column.text("MEMBERS"));
    Table table = new Table(columns);
    for (Map<ViewSpec, Ensemble> row : byView(tested, Ensemble::name, Ensemble::view)) {
      List<String> cells = new ArrayList<>(List.of(row.values().iterator().next().name()));
      cells.addAll(cells(row, views, e -> Format.percent(e.measures().accuracy())));
      cells.add(
          row.values().stream()
              .map(e -> members(e.members()))
              .distinct()
              .collect(Collectors.joining(" | ")));
      table.row(cells);
    }
    return table;
  }

  static Table ranking(List<Ranked> ranking) {
    Table table =
        new Table(
            Column.number("RANK"),
            Column.text("RUN OR ENSEMBLE"),
            Column.text("VIEW"),
            Column.number("TEST"),
            Column.text("95 % INTERVAL"),
            Column.number("VALIDATION"));
    for (Ranked entry : ranking) {
      Double validation = entry.validationAccuracy();
      table.row(
          Integer.toString(entry.rank()),
          entry.name(),
          entry.view().label(),
          Format.percent(entry.accuracy()),
          Format.percent(entry.accuracyInterval().low())
              + " to "
              + Format.percent(entry.accuracyInterval().high()),
          validation == null ? NONE : Format.percent(validation));
    }
    return table;
  }

  private static String title(ViewSpec view) {
    return switch (view.label()) {
      case "center" -> "SINGLE CROP";
      case "flip" -> "WITH MIRROR";
      case "fiveCrop" -> "FIVE-CROP";
      case "tenCrop" -> "TEN-CROP";
      default -> view.label();
    };
  }

  private static String lossTitle(ViewSpec view) {
    return view.equals(ViewSpec.CENTER) ? "LOSS" : title(view) + " LOSS";
  }

  /** Those that any entry has, in the order of the views. */
  private static <T> List<ViewSpec> views(List<T> entries, Function<T, ViewSpec> view) {
    return entries.stream().map(view).distinct().sorted().toList();
  }

  /** {@code a x2, b}: a member may be picked more than once. */
  private static String members(List<String> members) {
    Map<String, Integer> counts = new TreeMap<>();
    members.forEach(member -> counts.merge(member, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getKey() + " x" + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** One map for each key, in the order of the entries. */
  private static <T> Collection<Map<ViewSpec, T>> byView(
      List<T> entries, Function<T, String> key, Function<T, ViewSpec> view) {
    Map<String, Map<ViewSpec, T>> grouped = new LinkedHashMap<>();
    for (T entry : entries) {
      grouped
          .computeIfAbsent(key.apply(entry), none -> new TreeMap<>())
          .put(view.apply(entry), entry);
    }
    return grouped.values();
  }

  private static <T> List<String> cells(
      Map<ViewSpec, T> row, List<ViewSpec> views, Function<T, String> format) {
    return views.stream()
        .map(view -> Optional.ofNullable(row.get(view)).map(format).orElse(NONE))
        .toList();
  }
}
