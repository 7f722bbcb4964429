package io.tencrop.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarTest {
  @Test
  void fillsInEighths() {
    assertThat(Bar.of(0, 4)).isEqualTo("░░░░");
    assertThat(Bar.of(0.5, 4)).isEqualTo("██░░");
    assertThat(Bar.of(0.625, 4)).isEqualTo("██▌░");
    assertThat(Bar.of(1, 4)).isEqualTo("████");
  }

  @Test
  void staysWithinItsWidth() {
    assertThat(Bar.of(7, 4)).isEqualTo("████");
    assertThat(Bar.of(-1, 4)).isEqualTo("░░░░");
  }
}
