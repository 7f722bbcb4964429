package io.tencrop.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.standalone.terminal.Table.Column;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    Table table = new Table(Column.text("NAME"), Column.number("ACCURACY"));
    table.row("lenet5-s1", "85.00 %").row("a", "100.00 %");
    assertThat(table.lines())
        .containsExactly(
            "NAME       ACCURACY", //
            "lenet5-s1   85.00 %",
            "a          100.00 %");
  }

  @Test
  void rowOfAnotherWidthIsRefused() {
    Table table = new Table(Column.text("NAME"));
    assertThatThrownBy(() -> table.row("a", "b")).isInstanceOf(IllegalArgumentException.class);
  }
}
