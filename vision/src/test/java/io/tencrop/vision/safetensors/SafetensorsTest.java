package io.tencrop.vision.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("images", TensorType.U8, List.of(2L, 3L)),
          new Entry("scale", TensorType.F32, List.of()),
          new Entry("labels", TensorType.I32, List.of(2L)));

  @TempDir Path directory;

  private static byte[] write(Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SafetensorsWriter writer = new SafetensorsWriter(out, ENTRIES, metadata)) {
      ByteBuffer data = ByteBuffer.allocate(6 + 4 + 8).order(ByteOrder.LITTLE_ENDIAN);
      data.put(new byte[] {1, 2, 3, 4, 5, 6}).putFloat(0.5f).putInt(7).putInt(-8).flip();
      writer.write(data.slice(0, 5));
      writer.write(data.slice(5, 13));
    }
    return out.toByteArray();
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    Path path = directory.resolve("a.safetensors");
    Files.write(path, write(Map.of("source", "ümlaut")));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.header().tensors().keySet()).containsExactly("images", "scale", "labels");
      assertThat(file.header().metadata()).isEqualTo(Map.of("source", "ümlaut"));
      assertThat(file.header().dataOffset() % 8).isZero();
      assertThat(file.data("scale").getFloat()).isEqualTo(0.5f);
      assertThat(file.data("labels").getInt(4)).isEqualTo(-8);
      assertThat(file.slice("images", 4, 2)).isEqualTo(ByteBuffer.wrap(new byte[] {5, 6}));
      assertThatThrownBy(() -> file.slice("images", 5, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> file.data("image"))
          .isInstanceOf(SafetensorsFormatException.class)
          .hasMessageContaining("no tensor 'image'")
          .hasMessageContaining("images");
    }
  }

  @Test
  void sameContentGivesTheSameBytes() throws IOException {
    assertThat(write(Map.of("a", "1", "b", "2"))).isEqualTo(write(Map.of("b", "2", "a", "1")));
  }

  @Test
  void writerDemandsExactlyTheDeclaredBytes() {
    assertThatThrownBy(
            () -> {
              try (var writer =
                  new SafetensorsWriter(new ByteArrayOutputStream(), ENTRIES, Map.of())) {
                writer.write(ByteBuffer.allocate(17));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1 bytes");
    assertThatThrownBy(
            () -> {
              var writer = new SafetensorsWriter(new ByteArrayOutputStream(), ENTRIES, Map.of());
              writer.write(ByteBuffer.allocate(19));
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{} x",
        "{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}"
      })
  void refusesWhatIsNotAFile(String header) {
    byte[] bytes = file(header, 4);
    assertThatThrownBy(() -> SafetensorsHeader.read(new ByteArrayInputStream(bytes), bytes.length))
        .isInstanceOf(SafetensorsFormatException.class);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = write(Map.of());
    for (int length = 0; length < whole.length; length++) {
      int size = length;
      assertThatThrownBy(
              () -> SafetensorsHeader.read(new ByteArrayInputStream(whole, 0, size), size))
          .isInstanceOf(SafetensorsFormatException.class);
    }
  }

  @Test
  void hugeHeaderLengthIsRefusedWithoutAllocating() {
    byte[] bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array();
    assertThatThrownBy(() -> SafetensorsHeader.read(new ByteArrayInputStream(bytes), 16))
        .isInstanceOf(SafetensorsFormatException.class)
        .hasMessageContaining("18446744073709551615");
  }
}
