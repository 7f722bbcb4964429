package io.tencrop.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SupervisorTest {
  @Test
  void waitsLongerAfterEachCrashUpToHalfAMinute() {
    assertThat(Supervisor.delayAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Supervisor.delayAfter(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Supervisor.delayAfter(5)).isEqualTo(Duration.ofSeconds(16));
    assertThat(Supervisor.delayAfter(6)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Supervisor.delayAfter(1_000_000)).isEqualTo(Duration.ofSeconds(30));
  }
}
