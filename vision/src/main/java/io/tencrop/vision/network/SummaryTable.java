package io.tencrop.vision.network;

import io.tencrop.vision.network.NetworkSummary.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A summary as text. */
final class SummaryTable {
  private static final List<String> TITLES =
      List.of(
          "LAYER", "TYPE", "OUTPUT", "PARAMETERS", "FORWARD", "TRAINING STEP", "MEMORY", "KEPT");

  /** Columns from here on are numbers. */
  private static final int FIRST_NUMBER = 3;

  private SummaryTable() {}

  static String of(NetworkSummary summary) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(TITLES);
    summary.rows().forEach(row -> lines.add(cells(row, summary.batch())));
    lines.add(
        List.of(
            "total",
            "",
            "",
            whole(summary.parameters()),
            operations(summary.forwardFlops()),
            operations(summary.trainingFlops()),
            bytes(summary.outputBytes()),
            bytes(summary.keptBytes())));
    String table = String.join("\n", aligned(lines));
    return """
        %s

        Parameters %s, running statistics %s; gradients take as much as parameters, Adam twice as much besides.
        For a batch of %d in float32. Two floating point operations for a multiply-accumulate; a training step is forward and backward.
        Memory: tensors that the layer makes. Kept: what of it, and beside it, stays for the backward pass.
        """
        .formatted(
            table, bytes(summary.parameterBytes()), bytes(summary.bufferBytes()), summary.batch());
  }

  private static List<String> cells(Row row, int batch) {
    return List.of(
        "  ".repeat(row.depth()) + row.name(),
        row.type(),
        batch + "x" + row.output().stream().map(String::valueOf).collect(Collectors.joining("x")),
        row.parameters() == 0 ? "-" : whole(row.parameters()),
        operations(row.forwardFlops()),
        operations(row.trainingFlops()),
        bytes(row.outputBytes()),
        bytes(row.keptBytes()));
  }

  private static List<String> aligned(List<List<String>> lines) {
    int[] widths = new int[TITLES.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return lines.stream().map(line -> aligned(line, widths)).toList();
  }

  private static String aligned(List<String> line, int... widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = line.get(i);
      String padding = " ".repeat(widths[i] - cell.length());
      text.append(i == 0 ? "" : "  ").append(i < FIRST_NUMBER ? cell + padding : padding + cell);
    }
    return text.toString().stripTrailing();
  }

  private static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String operations(long value) {
    return scaled(value, "FLOP", 1000);
  }

  private static String bytes(long value) {
    return scaled(value, "B", 1024);
  }

  /** {@code 3.63 GFLOP}, {@code 12.0 MiB}: three digits. */
  private static String scaled(long value, String unit, int base) {
    if (value == 0) {
      return "-";
    }
    String[] prefixes = {"", "k", "M", "G", "T", "P"};
    double scaled = value;
    int prefix = 0;
    while (scaled >= 999.5 && prefix < prefixes.length - 1) {
      scaled /= base;
      prefix++;
    }
    int decimals = prefix == 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
    String infix = base == 1024 && prefix > 0 ? "i" : "";
    String letter = base == 1024 ? prefixes[prefix].toUpperCase(Locale.ROOT) : prefixes[prefix];
    return String.format(Locale.ROOT, "%." + decimals + "f %s%s%s", scaled, letter, infix, unit);
  }
}
