package io.tencrop.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.gateway.report.Scale.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static List<String> labels(Scale scale) {
    return scale.ticks(Words::tick).stream().map(Tick::label).toList();
  }

  @Test
  void ticksAreRoundNumbersWithinTheAxis() {
    Scale scale = new Scale(0.83, 0.96, 100, 400, false);
    assertThat(labels(scale)).containsExactly("0.85", "0.9", "0.95");
    assertThat(scale.at(0.83)).isEqualTo(100);
    assertThat(scale.at(0.96)).isEqualTo(400);
    assertThat(scale.at(0.895)).isEqualTo(250);
  }

  @Test
  void logarithmicAxesHavePowersOfTen() {
    Scale few = new Scale(0.8, 30, 0, 100, true);
    assertThat(labels(few)).containsExactly("1", "2", "5", "10", "20");
    assertThat(labels(new Scale(0.5, 20000, 0, 100, true)))
        .containsExactly("1", "10", "100", "1000", "10,000");
    assertThat(new Scale(1, 100, 0, 100, true).at(10)).isEqualTo(50);
  }

  @Test
  void oneValueAloneHasAnAxisToo() {
    assertThat(Scale.over(0.9, 0.9, 0, 100).at(0.9)).isEqualTo(50);
    assertThat(Scale.logarithmic(5, 5, 0, 100).at(5)).isEqualTo(50);
    assertThat(Scale.over(0, 0, 0, 100).at(0)).isEqualTo(50);
  }
}
