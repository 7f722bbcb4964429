package io.tencrop.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
  @TempDir Path directory;

  private Child start(String script, Map<String, String> environment) throws Exception {
    ChildSpec spec =
        new ChildSpec(
            "child",
            0,
            List.of("sh", "-c", script),
            environment,
            () -> true,
            Duration.ofSeconds(1));
    return Child.start(spec, directory, directory.resolve("child.log"));
  }

  @Test
  void obituaryTellsHowItEndedAndWhatItSaidLast() throws Exception {
    Child child = start("echo one; echo $WORD; exit 7", Map.of("WORD", "last words"));
    child.exit().join();
    assertThat(child.obituary())
        .contains("child ended with exit code 7", "child.log", "one\n", "last words\n");
  }

  @Test
  void obituaryNamesTheSignal() throws Exception {
    Child child = start("kill -9 $$", Map.of());
    child.exit().join();
    assertThat(child.obituary()).contains("ended with signal 9");
  }

  @Test
  void endsWhenAsked() throws Exception {
    Child child = start("sleep 60", Map.of());
    child.terminate();
    assertThat(child.awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void isKilledWhenItDoesNotEndInTime() throws Exception {
    Child child = start("trap '' TERM; echo ready; while :; do sleep 0.1; done", Map.of());
    while (child.lastLines(1).isEmpty()) {
      Thread.sleep(10);
    }
    child.terminate();
    assertThat(child.awaitEnd(Duration.ofMillis(300))).isFalse();
    assertThat(child.isAlive()).isFalse();
  }
}
