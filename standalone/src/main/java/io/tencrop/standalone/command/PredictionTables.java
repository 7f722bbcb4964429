package io.tencrop.standalone.command;

import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.contracts.api.PredictionsView.ClassProbability;
import io.tencrop.contracts.api.PredictionsView.Member;
import io.tencrop.contracts.api.PredictionsView.Prediction;
import io.tencrop.standalone.terminal.Bar;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** Predictions as text. */
final class PredictionTables {
  private static final int BAR = 20;
  private static final int DECIMALS = 1;

  private PredictionTables() {}

  /**
   * A row for each class of each image.
   *
   * @param answers of the same models, at least one
   */
  static List<String> predictions(List<PredictionsView> answers) {
    Table table =
        new Table(
            Column.text("IMAGE"),
            Column.text("CLASS"),
            Column.number("PROBABILITY"),
            Column.text(""),
            Column.number("MS"));
    for (PredictionsView answer : answers) {
      for (Prediction prediction : answer.predictions()) {
        String image = prediction.image();
        String latency = Format.decimals(answer.latencyMs().total(), DECIMALS);
        for (ClassProbability one : prediction.probabilities()) {
          table.row(
              image,
              one.className(),
              Format.percent(one.probability()),
              Bar.of(one.probability(), BAR),
              latency);
          image = "";
          latency = "";
        }
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.addAll(who(answers.get(0)));
    return lines;
  }

  private static List<String> who(PredictionsView answer) {
    List<String> lines = new ArrayList<>();
    if (answer.ensemble() != null) {
      lines.add("ensemble %s, view %s:".formatted(answer.ensemble(), answer.view().label()));
    } else {
      lines.add("view %s:".formatted(answer.view().label()));
    }
    for (Member member : answer.members()) {
      lines.add(
          "  %s (%s), after step %d%s%s"
              .formatted(
                  member.name(),
                  member.architecture(),
                  member.checkpoint().step(),
                  answer.ensemble() == null
                      ? ""
                      : ", weight " + Format.decimals(member.weight(), 3),
                  member.temperature() == null
                      ? ""
                      : ", temperature " + Format.decimals(member.temperature(), 3)));
    }
    return lines;
  }
}
