package io.tencrop.vision.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.recipe.Schedule.Anneal;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final int STEPS_PER_EPOCH = 10;
  private static final long TOTAL = 100;

  private static void assertFactor(Schedule schedule, long step, double expected) {
    assertThat(schedule.factor(step, STEPS_PER_EPOCH, TOTAL))
        .as("%s at step %d", schedule, step)
        .isCloseTo(expected, Offset.offset(1e-12));
  }

  @Test
  void constantIsOneAfterItsWarmup() {
    assertFactor(Schedule.CONSTANT, 0, 1);
    Schedule warm = new Schedule.Constant(0.5);
    assertFactor(warm, 0, 0.2);
    assertFactor(warm, 3, 0.8);
    assertFactor(warm, 4, 1);
    assertFactor(warm, 99, 1);
  }

  @Test
  void stepFallsAtTheBeginningOfAnEpoch() {
    Schedule step = new Schedule.Step(0, 3, 0.1);
    assertFactor(step, 0, 1);
    assertFactor(step, 29, 1);
    assertFactor(step, 30, 0.1);
    assertFactor(step, 99, 1e-3);
  }

  @Test
  void cosineEndsAtItsFinalFactorAfterTheLastStep() {
    Schedule cosine = new Schedule.Cosine(0, 0.1);
    assertFactor(cosine, 0, 1);
    assertFactor(cosine, 50, 0.55);
    assertFactor(cosine, 100, 0.1);
    Schedule warm = new Schedule.Cosine(2, 0);
    assertFactor(warm, 9, 0.5);
    assertFactor(warm, 20, 1);
    assertFactor(warm, 60, 0.5);
  }

  /** OneCycleLR(total_steps=100, pct_start=0.3): phases end at steps 29 and 99. */
  @Test
  void oneCycleGoesUpAndDown() {
    Schedule cosine = new Schedule.OneCycle(0.3, 25, 1e4, Anneal.COSINE);
    assertFactor(cosine, 0, 1 / 25.0);
    assertFactor(cosine, 29, 1);
    assertFactor(cosine, 64, (1 + 1 / 25e4) / 2);
    assertFactor(cosine, 99, 1 / 25e4);
    Schedule linear = new Schedule.OneCycle(0.3, 25, 1e4, Anneal.LINEAR);
    assertFactor(linear, 29, 1);
    assertFactor(linear, 64, (1 + 1 / 25e4) / 2);
  }
}
