package io.tencrop.vision.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Float16Test {
  private static final int INFINITY = 0x7C00;

  @Test
  void everyHalfIsKeptAndItsNeighboursRoundToTheNearest() {
    for (int half = 0; half < INFINITY; half++) {
      float value = Float16.toFloat((short) half);
      assertThat(Float16.of(value)).isEqualTo((short) half);
      assertThat(Float16.of(-value)).isEqualTo((short) (half | 0x8000));
      double next = half + 1 == INFINITY ? 65536 : Float16.toFloat((short) (half + 1));
      float middle = (float) ((value + next) / 2);
      assertThat(Float16.of(middle)).isEqualTo((short) (half + (half & 1)));
      assertThat(Float16.of(Math.nextDown(middle))).isEqualTo((short) half);
      assertThat(Float16.of(Math.nextUp(middle))).isEqualTo((short) (half + 1));
    }
  }

  @Test
  void knownValues() {
    assertThat(Float16.of(1)).isEqualTo((short) 0x3C00);
    assertThat(Float16.of(-2.5f)).isEqualTo((short) 0xC100);
    assertThat(Float16.of(Float16.MAX)).isEqualTo((short) 0x7BFF);
    assertThat(Float16.of(0.1f)).isEqualTo((short) 0x2E66);
    assertThat(Float16.toFloat((short) 1)).isEqualTo(0x1.0p-24f);
    assertThat(Float16.of(Float.POSITIVE_INFINITY)).isEqualTo((short) INFINITY);
    assertThat(Float16.toFloat(Float16.of(Float.NEGATIVE_INFINITY)))
        .isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Float16.toFloat(Float16.of(Float.NaN))).isNaN();
    assertThat(Float16.of(1e9f)).isEqualTo((short) INFINITY);
  }
}
