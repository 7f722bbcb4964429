package io.tencrop.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.gateway.report.Scale.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static List<String> labels(Scale scale) {
    return scale.ticks(Words::number).stream().map(Tick::label).toList();
  }

  @Test
  void ticksAreRoundNumbersWithinTheAxis() {
    Scale scale = new Scale(0.83, 0.96, 100, 400, false);
    assertThat(labels(scale)).containsExactly("0.850", "0.900", "0.950");
    assertThat(scale.at(0.83)).isEqualTo(100);
    assertThat(scale.at(0.96)).isEqualTo(400);
    assertThat(scale.at(0.895)).isEqualTo(250);
  }

  @Test
  void logarithmicAxesHavePowersOfTen() {
    Scale few = new Scale(0.8, 30, 0, 100, true);
    assertThat(labels(few)).containsExactly("1.00", "2.00", "5.00", "10.0", "20.0");
    assertThat(labels(new Scale(0.5, 20000, 0, 100, true)))
        .containsExactly("1.00", "10.0", "100", "1,000", "10,000");
    assertThat(new Scale(1, 100, 0, 100, true).at(10)).isEqualTo(50);
  }

  @Test
  void oneValueAloneHasAnAxisToo() {
    assertThat(Scale.over(0.9, 0.9, 0, 100).at(0.9)).isEqualTo(50);
    assertThat(Scale.logarithmic(5, 5, 0, 100).at(5)).isEqualTo(50);
    assertThat(Scale.over(0, 0, 0, 100).at(0)).isEqualTo(50);
  }
}
