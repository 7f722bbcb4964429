package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  @TempDir Path directory;

  private static byte[] images(int announced, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * 6);
    bytes.putInt(0x803).putInt(announced).putInt(2).putInt(3);
    for (int i = 0; i < count * 6; i++) {
      bytes.put((byte) i);
    }
    return bytes.array();
  }

  private static byte[] labels(int announced, int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
    bytes.putInt(0x801).putInt(announced);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("t10k-images"), content);
  }

  @Test
  void readsPlainAndGzipped() throws IOException {
    for (byte[] content : new byte[][] {images(3, 3), gzip(images(3, 3))}) {
      try (IdxReader reader = IdxReader.images(file(content))) {
        assertThat(reader.count()).isEqualTo(3);
        assertThat(reader.height()).isEqualTo(2);
        assertThat(reader.width()).isEqualTo(3);
        assertThat(reader.next().data()).containsExactly(0, 1, 2, 3, 4, 5);
        reader.skipTo(2);
        assertThat(reader.next().data()).containsExactly(12, 13, 14, 15, 16, 17);
        reader.requireEnd();
      }
    }
    assertThat(IdxReader.labels(file(gzip(labels(3, 7, 0, 255))))).containsExactly(7, 0, 255);
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    for (byte[] content : new byte[][] {images(4, 3), cut(gzip(images(4, 4)), 12)}) {
      try (IdxReader reader = IdxReader.images(file(content))) {
        assertThatThrownBy(
                () -> {
                  reader.skipTo(3);
                  reader.next();
                })
            .isInstanceOf(IdxFormatException.class)
            .hasMessageContaining("t10k-images is truncated: it announces 4 items");
      }
    }
    Path short1 = file(labels(3, 1, 2));
    assertThatThrownBy(() -> IdxReader.labels(short1))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("announces 3 items and ends after 2");
    Path short2 = file(new byte[] {0, 0, 8});
    assertThatThrownBy(() -> IdxReader.labels(short2))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("within its header");
  }

  private static byte[] cut(byte[] content, int bytes) {
    return Arrays.copyOf(content, content.length - bytes);
  }

  @Test
  void tailsAreRefused() throws IOException {
    Path file = file(labels(1, 1, 2));
    assertThatThrownBy(() -> IdxReader.labels(file))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("goes on after the 1 items");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path labels = file(labels(1, 1));
    assertThatThrownBy(() -> IdxReader.images(labels))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("0x00000801")
        .hasMessageContaining("0x00000803");
    Path html = file("<html>not found</html>".getBytes());
    assertThatThrownBy(() -> IdxReader.images(html)).isInstanceOf(IdxFormatException.class);
    Path noGzip = file(new byte[] {0x1f, (byte) 0x8b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    assertThatThrownBy(() -> IdxReader.images(noGzip)).isInstanceOf(IdxFormatException.class);
  }

  @Test
  void absurdAnnouncementsTakeNoMemory() throws IOException {
    Path many = file(labels(Integer.MAX_VALUE, 1));
    assertThatThrownBy(() -> IdxReader.labels(many))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("truncated");
    byte[] large = images(1, 1);
    ByteBuffer.wrap(large).putInt(8, 1 << 20);
    Path wide = file(large);
    assertThatThrownBy(() -> IdxReader.images(wide))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("not possible");
  }
}
