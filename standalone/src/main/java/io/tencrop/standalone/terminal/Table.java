package io.tencrop.standalone.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as their widest cell. */
public final class Table {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A column; numbers are aligned to the right. */
  public record Column(String title, boolean right) {
    public static Column text(String title) {
      return new Column(title, false);
    }

    public static Column number(String title) {
      return new Column(title, true);
    }
  }

  public Table(Column... columns) {
    this(List.of(columns));
  }

  public Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException when it has not one cell per column
   */
  public Table row(String... cells) {
    return row(List.of(cells));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException when it has not one cell per column
   */
  public Table row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells for " + columns.size() + " columns");
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The title line, then a line per row. */
  public List<String> lines() {
    int[] widths = new int[columns.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = columns.get(c).title().length();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::title).toList(), widths));
    for (List<String> row : rows) {
      lines.add(line(row, widths));
    }
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String cell = cells.get(c);
      String padding = " ".repeat(widths[c] - cell.length());
      line.append(c == 0 ? "" : GAP);
      line.append(columns.get(c).right() ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }
}
