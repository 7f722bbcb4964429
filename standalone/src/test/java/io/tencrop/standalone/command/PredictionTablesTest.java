package io.tencrop.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.contracts.api.PredictionsView.ClassProbability;
import io.tencrop.contracts.api.PredictionsView.Latency;
import io.tencrop.contracts.api.PredictionsView.Member;
import io.tencrop.contracts.api.PredictionsView.Prediction;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PredictionTablesTest {
  private static PredictionsView answer(String image, double cat, double latency) {
    return new PredictionsView(
        new UUID(0, 1),
        "both",
        Fusion.WEIGHTED,
        ViewSpec.TEN_CROP,
        true,
        List.of(
            new Member(
                "a-s1",
                new UUID(0, 2),
                "lenet5",
                new CheckpointRef("c", 9, 1, "w"),
                0.75,
                1.5,
                true),
            new Member(
                "a-s2",
                new UUID(0, 3),
                "lenet5",
                new CheckpointRef("d", 8, 1, "w"),
                0.25,
                null,
                true)),
        List.of(
            new Prediction(
                image,
                3,
                4,
                "cat",
                List.of(
                    new ClassProbability("cat", 1, cat), new ClassProbability("dog", 0, 1 - cat)))),
        new Latency(0, 1, 0, 2, latency));
  }

  @Test
  void imagesTheirClassesAndWhoSaysSo() {
    assertThat(
            PredictionTables.predictions(
                List.of(answer("photo.jpg", 0.75, 12.34), answer("b.png", 1, 3))))
        .containsExactly(
            "IMAGE      CLASS  PROBABILITY                          MS",
            "photo.jpg  cat        75.00 %  ███████████████░░░░░  12.3",
            "           dog        25.00 %  █████░░░░░░░░░░░░░░░",
            "b.png      cat       100.00 %  ████████████████████   3.0",
            "           dog         0.00 %  ░░░░░░░░░░░░░░░░░░░░",
            "",
            "ensemble both, view tenCrop:",
            "  a-s1 (lenet5), after step 9, weight 0.750, temperature 1.500",
            "  a-s2 (lenet5), after step 8, weight 0.250");
  }
}
