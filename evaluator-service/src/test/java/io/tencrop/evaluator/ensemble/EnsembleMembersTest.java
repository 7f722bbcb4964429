package io.tencrop.evaluator.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.EnsembleSpec.Selection;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleMembersTest {
  private static EnsembleSpec ensemble(
      List<String> of, Fusion fusion, List<Double> weights, Selection select, Integer size) {
    return new EnsembleSpec(null, of, fusion, weights, select, size, null, null, null);
  }

  @Test
  void namesSayWhatTheEnsembleIs() {
    assertThat(EnsembleMembers.name(ensemble(null, null, null, null, null)))
        .isEqualTo("mean of all");
    assertThat(
            EnsembleMembers.name(
                ensemble(List.of("a", "b-s1"), Fusion.WEIGHTED, List.of(1.0, 2.0), null, null)))
        .isEqualTo("weighted mean of a, b-s1");
    assertThat(EnsembleMembers.name(ensemble(null, Fusion.VOTE, null, Selection.GREEDY, 5)))
        .isEqualTo("greedy 5 vote of all");
    assertThat(EnsembleMembers.name(ensemble(null, null, null, Selection.GREEDY, null)))
        .isEqualTo("greedy of all");
    assertThat(
            EnsembleMembers.name(
                new EnsembleSpec("x", null, null, null, null, null, null, null, null)))
        .isEqualTo("x");
  }
}
