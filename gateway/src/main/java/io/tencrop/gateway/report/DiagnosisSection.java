package io.tencrop.gateway.report;

import io.tencrop.contracts.api.RunDiagnosis;
import io.tencrop.contracts.api.RunDiagnosis.Finding;
import io.tencrop.contracts.api.RunDiagnosis.LossChange;
import io.tencrop.contracts.api.RunDiagnosis.Part;
import io.tencrop.gateway.report.Page.Cell;
import io.tencrop.gateway.report.Page.Column;
import io.tencrop.gateway.report.Page.Section;
import io.tencrop.gateway.report.Page.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why each run's loss and accuracy came out as they did. */
final class DiagnosisSection {
  private DiagnosisSection() {}

  static Section of(List<RunDiagnosis> diagnoses) {
    List<Sheet> sheets = new ArrayList<>();
    sheets.add(
        new Sheet(
            null,
            List.of(
                Column.text("Run"),
                Column.sentences("Verdict"),
                Column.sentences("What else holds")),
            diagnoses.stream()
                .map(
                    diagnosis ->
                        Cell.row(
                            diagnosis.run(),
                            diagnosis.verdict().sentence(),
                            diagnosis.findings().stream()
                                .map(Finding::sentence)
                                .collect(Collectors.joining(" "))))
                .toList()));
    List<List<Cell>> changes =
        diagnoses.stream()
            .flatMap(
                diagnosis ->
                    Stream.ofNullable(diagnosis.change())
                        .map(change -> row(diagnosis.run(), change)))
            .toList();
    if (!changes.isEmpty()) {
      sheets.add(
          new Sheet(
              "Where the change of the loss comes from: images, and what they add to its mean",
              List.of(
                  Column.text("Run"),
                  Column.text("Loss"),
                  Column.text("Accuracy"),
                  Column.number("Stay right"),
                  Column.number("Stay wrong"),
                  Column.number("Turn right"),
                  Column.number("Turn wrong")),
              changes));
    }
    return new Section(
        "Diagnosis",
        List.of(),
        List.of(),
        List.of(),
        sheets,
        List.of(
            "From the validation images, between a run's first evaluated checkpoint and the one that stands for it."));
  }

  private static List<Cell> row(String run, LossChange change) {
    return Cell.row(
        run,
        String.format(Locale.ROOT, "%.4f to %.4f", change.before(), change.after()),
        "%s to %s"
            .formatted(
                Words.percent(change.accuracyBefore()), Words.percent(change.accuracyAfter())),
        part(change.staysRight()),
        part(change.staysWrong()),
        part(change.turnsRight()),
        part(change.turnsWrong()));
  }

  private static String part(Part part) {
    return String.format(Locale.ROOT, "%,d (%+.4f)", part.images(), part.change());
  }
}
