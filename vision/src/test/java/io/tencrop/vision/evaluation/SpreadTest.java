package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void deviationIsTheSamples() {
    Spread spread = Spread.of(0.8967, 0.9012, 0.8951, 0.9034);

    // numpy: mean, std(ddof=1)
    assertThat(spread.count()).isEqualTo(4);
    assertThat(spread.mean()).isEqualTo(0.8991, offset(1e-15));
    assertThat(spread.deviation().getAsDouble()).isEqualTo(0.0038583243340427607, offset(1e-15));
  }

  @Test
  void oneValueHasNoDeviation() {
    assertThat(Spread.of(0.5).deviation()).isEmpty();
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
  }
}
