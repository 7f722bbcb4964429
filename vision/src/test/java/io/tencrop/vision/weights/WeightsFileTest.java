package io.tencrop.vision.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.safetensors.SafetensorsFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over the files that tools/weights-fixtures wrote, whose element i is {@code (i % 61 - 30) / 8}.
 */
class WeightsFileTest {
  private static final Path FILES = Path.of("src/test/resources/weights");

  private static final Map<String, List<Long>> NETWORK =
      Map.of(
          "conv.weight", List.of(2L, 1L, 3L, 3L),
          "conv.bias", List.of(2L),
          "bn.weight", List.of(2L),
          "bn.bias", List.of(2L),
          "bn.running_mean", List.of(2L),
          "bn.running_var", List.of(2L),
          "fc.weight", List.of(4L, 3L),
          "fc.bias", List.of(4L));

  @TempDir Path directory;

  private static WeightsFile open(String name) throws IOException {
    return WeightsFile.open(FILES.resolve(name));
  }

  private static float[] read(WeightsFile weights, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    weights.copy(
        name,
        piece -> {
          byte[] copy = new byte[piece.remaining()];
          piece.get(copy);
          bytes.writeBytes(copy);
        });
    float[] values = new float[bytes.size() / Float.BYTES];
    ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static float value(int i) {
    return (i % 61 - 30) / 8f;
  }

  private static float[] values(int... places) {
    float[] values = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = value(places[i]);
    }
    return values;
  }

  private static float[] first(int count) {
    int[] places = new int[count];
    Arrays.setAll(places, i -> i);
    return values(places);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain.pth", "protocol5.pth", "legacy.pth", "checkpoint.pth", "plain.safetensors"})
  void readsAStateDictHoweverItWasSaved(String file) throws IOException {
    try (WeightsFile weights = open(file)) {
      assertThat(weights.shapes()).isEqualTo(NETWORK);
      for (Map.Entry<String, List<Long>> tensor : NETWORK.entrySet()) {
        int elements =
            tensor.getValue().stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
        assertThat(read(weights, tensor.getKey())).isEqualTo(first(elements));
      }
    }
  }

  @Test
  void theSameWeightsGiveTheSameFileWhateverTheyCameIn() throws IOException {
    byte[] expected = safetensors("plain.pth");
    for (String file : List.of("legacy.pth", "checkpoint.pth", "plain.safetensors")) {
      assertThat(safetensors(file)).isEqualTo(expected);
    }
    Path written = Files.write(directory.resolve("written.safetensors"), expected);
    try (SafetensorsFile file = SafetensorsFile.open(written)) {
      assertThat(file.header().tensors().keySet())
          .containsExactlyElementsOf(NETWORK.keySet().stream().sorted().toList());
    }
  }

  private static byte[] safetensors(String file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WeightsFile weights = open(file)) {
      weights.writeSafetensors(out);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"views.pth", "legacy-views.pth"})
  void readsViewsOfSharedStorages(String file) throws IOException {
    try (WeightsFile weights = open(file)) {
      assertThat(read(weights, "base")).isEqualTo(first(24));
      assertThat(weights.shapes().get("transposed")).containsExactly(6L, 4L);
      assertThat(read(weights, "transposed"))
          .startsWith(values(0, 6, 12, 18, 1, 7))
          .endsWith(values(5, 11, 17, 23))
          .hasSize(24);
      assertThat(read(weights, "row")).isEqualTo(values(12, 13, 14, 15, 16, 17));
      assertThat(read(weights, "columns")).isEqualTo(values(1, 2, 7, 8, 13, 14, 19, 20));
      assertThat(read(weights, "channels_last")).isEqualTo(first(24));
      assertThat(read(weights, "expanded")).isEqualTo(values(0, 1, 0, 1, 0, 1));
      assertThat(weights.shapes().get("scalar")).isEmpty();
      assertThat(read(weights, "scalar")).isEqualTo(values(0));
      assertThat(weights.shapes().get("empty")).containsExactly(0L, 3L);
      assertThat(read(weights, "empty")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"types.pth", "types.safetensors"})
  void makesFloat32OfEveryFloatingPointType(String file) throws IOException {
    try (WeightsFile weights = open(file)) {
      for (String name : List.of("float", "double", "half", "bfloat16")) {
        assertThat(read(weights, name)).as(name).isEqualTo(first(70));
      }
      assertThat(read(weights, "subnormal_half"))
          .containsExactly(0x1p-24f, -0x1p-14f, 65504, Float.POSITIVE_INFINITY);
    }
  }

  @Test
  void aParameterIsItsTensor() throws IOException {
    try (WeightsFile weights = open("parameters.pth")) {
      assertThat(read(weights, "weight")).isEqualTo(first(4));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "command.pth, posix.system",
    "command-protocol5.pth, posix.system",
    "legacy-command.pth, posix.system",
    "whole-model.pth, torch.nn.modules.container.Sequential"
  })
  void runsNothingAndNamesWhatItWasAskedTo(String file, String global) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining("'" + global + "'")
        .hasMessageContaining("nothing of it was run")
        .hasMessageContaining("torch.save(model.state_dict()");
    assertThat(Path.of("tencrop-was-here")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "integers.pth, 'tensor ''weight'' is a torch.LongStorage'",
    "integers.safetensors, 'tensor ''weight'' is of I64'",
    "other-dict.pth, 'a dict of [epoch, net]'",
    "script.pt, 'it is a TorchScript program'"
  })
  void saysWhyItIsNotTaken(String file, String message) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "weights", "PK\3\4", "\u0080\2"})
  void whatIsNoWeightsFileIsRefused(String content) throws IOException {
    Path file = Files.write(directory.resolve("file"), content.getBytes(ISO_8859_1));
    assertThatThrownBy(() -> WeightsFile.open(file)).isInstanceOf(WeightsFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.pth", "legacy.pth", "plain.safetensors"})
  void aTruncatedFileIsRefusedWhereverItEnds(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve(name));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(directory.resolve("truncated"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> WeightsFile.open(file))
          .as("%s, %d of %d bytes", name, length, whole.length)
          .isInstanceOf(WeightsFormatException.class);
    }
  }

  @Test
  void aFileThatEndsEarlySaysSo() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("plain.pth"));
    Path file = Files.write(directory.resolve("truncated"), Arrays.copyOf(whole, 2000));
    assertThatThrownBy(() -> WeightsFile.open(file)).hasMessageContaining("truncated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.pth",
        "protocol5.pth",
        "legacy.pth",
        "views.pth",
        "checkpoint.pth",
        "types.safetensors"
      })
  void aDamagedFileIsReadOrRefusedAndNothingElse(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve(name));
    Random random = new Random(name.hashCode());
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(directory.resolve("damaged"), damaged);
      assertThatCode(() -> readAll(file))
          .as("%s, round %d", name, round)
          .doesNotThrowAnyException();
    }
  }

  private static void readAll(Path file) throws IOException {
    try (WeightsFile weights = WeightsFile.open(file)) {
      for (String tensor : weights.shapes().keySet()) {
        weights.copy(tensor, piece -> {});
      }
    } catch (WeightsFormatException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
