package io.tencrop.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.standalone.platform.PlatformState.ChildState;
import io.tencrop.standalone.platform.PlatformState.Phase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path directory;
  private Process process;

  @BeforeEach
  void start() throws Exception {
    process = new ProcessBuilder("sleep", "60").start();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  private DataDirectory dataThatNames(ProcessRef child) {
    DataDirectory data = DataDirectory.of(directory);
    data.prepare();
    new StateFile(data)
        .write(
            new PlatformState(
                new ProcessRef(1, Instant.EPOCH),
                Phase.READY,
                URI.create("http://127.0.0.1:8080"),
                1,
                List.of(new ChildState("trainer-1", child, 1, true, 0, "log"))));
    return data;
  }

  @Test
  void endsWhatAKilledLauncherLeft() throws Exception {
    DataDirectory data = dataThatNames(ProcessRef.of(process.toHandle()));
    assertThat(RunningPlatform.find(data)).isEmpty();
    assertThat(new Leftovers(data).end()).containsExactly("trainer-1");
    // The child's exit reaches its Process object by a thread of its own.
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(new StateFile(data).read()).isEmpty();
  }

  @Test
  void leavesAProcessAloneThatOnlyHasTheSameNumber() throws Exception {
    ProcessRef earlier = new ProcessRef(process.pid(), Instant.now().minus(Duration.ofMinutes(5)));
    assertThat(new Leftovers(dataThatNames(earlier)).end()).isEmpty();
    assertThat(process.isAlive()).isTrue();
  }
}
