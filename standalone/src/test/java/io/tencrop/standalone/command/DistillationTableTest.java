package io.tencrop.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults.Distillation;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DistillationTableTest {
  private static Distillation of(String group, Double kept, SplitName split) {
    return new Distillation(
        group, 3, 0.91, new UUID(1, 2), "all", 0.92, 5, 0.9, kept, split, ViewSpec.CENTER);
  }

  @Test
  void studentsAreBesideTheirTeacherOnTest() {
    assertThat(
            DistillationTable.of(
                    List.of(
                        of("a", 0.5, SplitName.VALIDATION),
                        of("a", 0.5, SplitName.TEST),
                        of("none", null, SplitName.TEST)))
                .lines())
        .containsExactly(
            "GROUP  TEACHER  VIEW    STUDENTS  MEAN MEMBER  TOGETHER  KEPT OF THE GAIN",
            "a      all      center   91.00 %      90.00 %   92.00 %           50.00 %",
            "none   all      center   91.00 %      90.00 %   92.00 %                 -");
  }
}
