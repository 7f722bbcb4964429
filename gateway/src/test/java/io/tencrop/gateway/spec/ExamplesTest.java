package io.tencrop.gateway.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.gateway.spec.KnownTeachers.Teacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file under {@code examples/} is an experiment that the gateway takes. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  /** Some files name weights that whoever uses them uploads; these are taken to fit. */
  private static final Networks UPLOADED =
      new VisionNetworks() {
        @Override
        public Optional<String> objectionToWeights(
            ArchitectureSpec architecture,
            int channels,
            int height,
            int width,
            Map<String, List<Long>> shapes) {
          return Optional.empty();
        }
      };

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void thereAreExamples() throws IOException {
    assertThat(files()).isNotEmpty();
  }

  /** The table of the README has a link to each file, and to none that is not there. */
  @Test
  void theReadmeListsThemAll() throws IOException {
    List<String> linked =
        Pattern.compile("\\]\\(([^)/]+\\.yaml)\\)")
            .matcher(Files.readString(EXAMPLES.resolve("README.md")))
            .results()
            .map(link -> link.group(1))
            .toList();
    assertThat(linked)
        .containsExactlyInAnyOrderElementsOf(
            files().stream().map(file -> file.getFileName().toString()).toList());
  }

  /** The example of that name, as if it were completed: a teacher for another one. */
  private static Optional<Teacher> completed(String name) throws IOException {
    Path file = EXAMPLES.resolve(name + ".yaml");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      ExperimentSpec spec =
          new SpecReader(new Shape(), UPLOADED, id -> Optional.of(Map.of()), id -> Optional.empty())
              .read(Files.readAllBytes(file), SpecFormat.YAML);
      return Optional.of(Teachers.completed(spec));
    } catch (InvalidSpecException e) {
      throw new IOException(e.violations().toString(), e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isTaken(Path file) throws IOException, InvalidSpecException {
    ExperimentSpec spec =
        new SpecReader(new Shape(), UPLOADED, id -> Optional.of(Map.of()), ExamplesTest::completed)
            .read(Files.readAllBytes(file), SpecFormat.YAML);
    assertThat(spec.name()).isEqualTo(file.getFileName().toString().replace(".yaml", ""));
    assertThat(Expansion.runs(spec)).isNotEmpty();
  }
}
