package io.tencrop.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.ExperimentResults.Ranked;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.api.Measures.Interval;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTablesTest {
  @Test
  void groupsShowSingleCropBesideTenCrop() {
    assertThat(
            ResultTables.groups(
                    List.of(
                        new Group(
                            "lenet5",
                            "lenet5",
                            SplitName.TEST,
                            ViewSpec.CENTER,
                            3,
                            0.85,
                            0.002,
                            0.4,
                            0.01),
                        new Group(
                            "lenet5",
                            "lenet5",
                            SplitName.TEST,
                            ViewSpec.TEN_CROP,
                            3,
                            0.86,
                            0.001,
                            0.4,
                            0.01),
                        new Group(
                            "lenet5",
                            "lenet5",
                            SplitName.VALIDATION,
                            ViewSpec.CENTER,
                            3,
                            0.1,
                            0.001,
                            0.4,
                            0.01),
                        new Group(
                            "logistic",
                            "logistic",
                            SplitName.TEST,
                            ViewSpec.CENTER,
                            1,
                            0.8,
                            null,
                            0.4,
                            null)))
                .lines())
        .containsExactly(
            "GROUP     RUNS     SINGLE CROP        TEN-CROP",
            "lenet5       3  85.00 ± 0.20 %  86.00 ± 0.10 %",
            "logistic     1         80.00 %               -");
  }

  @Test
  void rankingTellsIntervals() {
    List<Ranked> ranking =
        List.of(
            new Ranked("all", true, ViewSpec.TEN_CROP, 0.9, new Interval(0.88, 0.92), 0.91, 1),
            new Ranked("a", false, ViewSpec.CENTER, 0.8, new Interval(0.78, 0.82), null, 2));
    assertThat(ResultTables.ranking(ranking).lines())
        .containsExactly(
            "RANK  RUN OR ENSEMBLE  VIEW        TEST  95 % INTERVAL       VALIDATION",
            "   1  all              tenCrop  90.00 %  88.00 % to 92.00 %     91.00 %",
            "   2  a                center   80.00 %  78.00 % to 82.00 %           -");
  }

  @Test
  void memberPickedTwiceIsCounted() {
    Ensemble greedy =
        new Ensemble(
            "greedy-3",
            List.of("b", "a", "b"),
            null,
            Fusion.MEAN,
            true,
            SplitName.TEST,
            ViewSpec.CENTER,
            new Measures(0.9, 0.3, 100, List.of(), null, null, null, null, null),
            null);
    assertThat(ResultTables.ensembles(List.of(greedy)).lines().get(1))
        .isEqualTo("greedy-3      90.00 %  a, b x2");
  }
}
