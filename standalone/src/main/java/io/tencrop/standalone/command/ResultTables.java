package io.tencrop.standalone.command;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.standalone.terminal.Terminal.Style;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    results.notes().forEach(note -> terminal.println("note: " + note));
  }

  private void print(Table table) {
    table.lines().forEach(line -> terminal.println("  " + line));
  }

  static Table models(List<Model> models) {
    Table table =
        new Table(
            Column.text("MODEL"),
            Column.number("STEP"),
            Column.number("SINGLE CROP"),
            Column.number("TEN-CROP"),
            Column.number("LOSS"),
            Column.number("TEN-CROP LOSS"));
    for (Map<ViewSpec, Model> views :
        byView(
                models.stream().filter(model -> model.split() == SplitName.TEST).toList(),
                model -> model.run() + " " + model.checkpoint().step(),
                Model::view)
            .values()) {
      Model any = views.values().iterator().next();
      table.row(
          any.run(),
          Format.whole(any.checkpoint().step()),
          cell(views, ViewSpec.CENTER, model -> Format.percent(model.measures().accuracy())),
          cell(views, ViewSpec.TEN_CROP, model -> Format.percent(model.measures().accuracy())),
          cell(views, ViewSpec.CENTER, model -> Format.decimals(model.measures().loss(), 4)),
          cell(views, ViewSpec.TEN_CROP, model -> Format.decimals(model.measures().loss(), 4)));
    }
    return table;
  }

  static Table groups(List<Group> groups) {
    Table table =
        new Table(
            Column.text("GROUP"),
            Column.number("RUNS"),
            Column.number("SINGLE CROP"),
            Column.number("TEN-CROP"));
    Function<Group, String> accuracy =
        group -> Format.percent(group.meanAccuracy(), group.deviationAccuracy());
    for (Map<ViewSpec, Group> views :
        byView(
                groups.stream().filter(group -> group.split() == SplitName.TEST).toList(),
                Group::group,
                Group::view)
            .values()) {
      Group any = views.values().iterator().next();
      table.row(
          any.group(),
          Integer.toString(any.runs()),
          cell(views, ViewSpec.CENTER, accuracy),
          cell(views, ViewSpec.TEN_CROP, accuracy));
    }
    return table;
  }

  static Table ensembles(List<Ensemble> ensembles) {
    Table table =
        new Table(
            Column.text("ENSEMBLE"),
            Column.number("SINGLE CROP"),
            Column.number("TEN-CROP"),
            Column.text("MEMBERS"));
    for (Map<ViewSpec, Ensemble> views :
        byView(
                ensembles.stream().filter(ensemble -> ensemble.split() == SplitName.TEST).toList(),
                Ensemble::name,
                Ensemble::view)
            .values()) {
      Ensemble any = views.values().iterator().next();
      table.row(
          any.name(),
          cell(views, ViewSpec.CENTER, e -> Format.percent(e.measures().accuracy())),
          cell(views, ViewSpec.TEN_CROP, e -> Format.percent(e.measures().accuracy())),
          views.values().stream()
              .map(e -> members(e.members()))
              .distinct()
              .collect(Collectors.joining(" | ")));
    }
    return table;
  }

  /** {@code a x2, b}: a member may be picked more than once. */
  private static String members(List<String> members) {
    Map<String, Integer> counts = new TreeMap<>();
    members.forEach(member -> counts.merge(member, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getKey() + " x" + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static <T> Map<String, Map<ViewSpec, T>> byView(
      List<T> entries, Function<T, String> key, Function<T, ViewSpec> view) {
    Map<String, Map<ViewSpec, T>> grouped = new LinkedHashMap<>();
    for (T entry : entries) {
      grouped
          .computeIfAbsent(key.apply(entry), none -> new EnumMap<>(ViewSpec.class))
          .put(view.apply(entry), entry);
    }
    return grouped;
  }

  private static <T> String cell(
      Map<ViewSpec, T> views, ViewSpec view, Function<T, String> format) {
    T entry = views.get(view);
    return entry == null ? NONE : format.apply(entry);
  }
}
