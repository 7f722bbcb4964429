package io.tencrop.gateway.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.spec.ExperimentSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file under {@code examples/} is an experiment that the gateway takes. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void thereAreExamples() throws IOException {
    assertThat(files()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isTaken(Path file) throws IOException, InvalidSpecException {
    ExperimentSpec spec =
        new SpecReader(new Shape(), new VisionNetworks())
            .read(Files.readAllBytes(file), SpecFormat.YAML);
    assertThat(spec.name()).isEqualTo(file.getFileName().toString().replace(".yaml", ""));
    assertThat(Expansion.runs(spec)).isNotEmpty();
  }
}
