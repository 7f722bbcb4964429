package io.tencrop.standalone.command;

import io.tencrop.contracts.api.RunDiagnosis;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.standalone.terminal.Terminal.Style;
import java.util.List;

/** Why each run's loss and accuracy came out as they did: the verdict, and what else holds. */
final class DiagnosisLines {
  private DiagnosisLines() {}

  static void print(Terminal terminal, List<RunDiagnosis> diagnoses) {
    if (diagnoses.isEmpty()) {
      return;
    }
    terminal.println("");
    terminal.println(terminal.styled(Style.BOLD, "Diagnosis, from the validation images"));
    for (RunDiagnosis diagnosis : diagnoses) {
      terminal.println("  %s: %s".formatted(diagnosis.run(), diagnosis.verdict().sentence()));
      diagnosis
          .findings()
          .forEach(
              finding ->
                  terminal.println(terminal.styled(Style.FAINT, "    " + finding.sentence())));
    }
  }
}
