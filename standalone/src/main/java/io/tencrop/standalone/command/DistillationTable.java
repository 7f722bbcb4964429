package io.tencrop.standalone.command;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults.Distillation;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import java.util.List;

/** What students keep of the gain of their teachers, on test. */
final class DistillationTable {
  private static final String NONE = "-";

  private DistillationTable() {}

  static Table of(List<Distillation> distillations) {
    Table table =
        new Table(
            Column.text("GROUP"),
            Column.text("TEACHER"),
            Column.text("VIEW"),
            Column.number("STUDENTS"),
            Column.number("MEAN MEMBER"),
            Column.number("TOGETHER"),
            Column.number("KEPT OF THE GAIN"));
    for (Distillation each : distillations) {
      if (each.split() == SplitName.TEST) {
        Double kept = each.keptGain();
        table.row(
            each.group(),
            each.teacher(),
            each.view().label(),
            Format.percent(each.studentAccuracy()),
            Format.percent(each.memberAccuracy()),
            Format.percent(each.teacherAccuracy()),
            kept == null ? NONE : Format.percent(kept));
      }
    }
    return table;
  }
}
