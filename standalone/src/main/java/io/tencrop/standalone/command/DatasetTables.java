package io.tencrop.standalone.command;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.DatasetView;
import io.tencrop.contracts.api.PreparedView;
import io.tencrop.contracts.data.Duplicates;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedFacts;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Data sets as text. */
final class DatasetTables {
  private static final int SHOWN = 10;
  private static final int DECIMALS = 4;
  private static final double MEBIBYTE = 1 << 20;

  private DatasetTables() {}

  static List<String> dataset(DatasetView dataset) {
    List<String> lines = new ArrayList<>();
    lines.add("%s (%s)".formatted(dataset.name(), type(dataset)));
    lines.add("  source    " + dataset.source().uri());
    lines.add("  licence   " + Objects.requireNonNullElse(dataset.licence(), "not stated"));
    lines.add("  digest    " + Objects.requireNonNullElse(dataset.sourceDigest(), "not read yet"));
    for (PreparedDataset prepared : dataset.prepared()) {
      lines.add("  prepared  %s  %s".formatted(prepared.id(), size(prepared)));
    }
    return lines;
  }

  private static String type(DatasetView dataset) {
    return dataset.source().type().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String size(PreparedDataset prepared) {
    return "%d x %d x %d".formatted(prepared.height(), prepared.width(), prepared.channels());
  }

  static List<String> prepared(PreparedView view) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Prepared " + view.prepared().id());
    lines.add(
        "  images    %s%s, %s MiB in %d shards"
            .formatted(
                size(view.prepared()),
                view.variants() > 1
                    ? ", " + view.variants() + " variants of each for training"
                    : "",
                Format.decimals(view.bytes() / MEBIBYTE, 1),
                view.shards()));
    Normalization normalization = view.prepared().normalization();
    if (normalization != null) {
      lines.add("  mean      " + decimals(normalization.mean()));
      lines.add("  std       " + decimals(normalization.std()));
    }
    PreparedFacts facts = view.facts();
    if (facts != null) {
      lines.add("");
      lines.addAll(balance(view.prepared().classes(), facts));
      Duplicates duplicates = facts.duplicates();
      if (duplicates != null && !duplicates.pairs().isEmpty()) {
        lines.add("");
        lines.addAll(pairs(duplicates));
      }
    }
    view.rejected().first().stream()
        .limit(SHOWN)
        .forEach(image -> lines.add("left out: %s (%s)".formatted(image.path(), image.reason())));
    view.prepared().notes().forEach(note -> lines.add("note: " + note));
    return lines;
  }

  private static String decimals(List<Double> values) {
    return values.stream()
        .map(value -> Format.decimals(value, DECIMALS))
        .collect(Collectors.joining(", "));
  }

  private static List<String> balance(List<String> classes, PreparedFacts facts) {
    Table table =
        new Table(
            Column.text("CLASS"),
            Column.number("TRAIN"),
            Column.number("VALIDATION"),
            Column.number("TEST"));
    for (int label = 0; label < classes.size(); label++) {
      table.row(
          classes.get(label),
          count(facts, SplitName.TRAIN, label),
          count(facts, SplitName.VALIDATION, label),
          count(facts, SplitName.TEST, label));
    }
    return table.lines();
  }

  private static String count(PreparedFacts facts, SplitName split, int label) {
    List<Long> counts = facts.classCounts().get(split);
    return counts == null ? "-" : Format.whole(counts.get(label));
  }

  private static List<String> pairs(Duplicates duplicates) {
    Table table = new Table(Column.text("IMAGE"), Column.text("EXACT COPY"));
    duplicates.pairs().stream()
        .limit(SHOWN)
        .forEach(pair -> table.row(image(pair.first()), image(pair.second())));
    return table.lines();
  }

  private static String image(Duplicates.Image image) {
    return "%s: %s"
        .formatted(
            image.split().label(), image.path() == null ? "image " + image.id() : image.path());
  }
}
