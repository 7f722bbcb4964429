package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
  @TempDir Path directory;

  private static Bitmap image(int id, int height, int width, int channels) {
    byte[] data = new byte[height * width * channels];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (id * 50 + i);
    }
    return new Bitmap(height, width, channels, data);
  }

  private Path shard(String name, int height, int width, int channels, int... ids)
      throws IOException {
    Path file = directory.resolve(name);
    try (ShardWriter shard =
        new ShardWriter(Files.newOutputStream(file), ids.length, height, width, channels)) {
      for (int id : ids) {
        shard.add(image(id, height, width, channels), id % 3, 1000L + id);
      }
    }
    return file;
  }

  @Test
  void severalFilesAreOneSet() throws IOException {
    List<Path> files =
        List.of(
            shard("a", 3, 4, 1, 0, 1),
            shard("b", 3, 4, 1),
            shard("c", 3, 4, 1, 2),
            shard("d", 3, 4, 1, 3, 4));
    try (ShardedImages images = ShardedImages.open(files)) {
      assertThat(images.size()).isEqualTo(5);
      assertThat(images.height()).isEqualTo(3);
      assertThat(images.width()).isEqualTo(4);
      assertThat(images.channels()).isEqualTo(1);
      for (int i = 0; i < 5; i++) {
        byte[] target = new byte[12];
        images.copyCrop(i, Crop.whole(3, 4), target, 0);
        assertThat(target).isEqualTo(image(i, 3, 4, 1).data());
        assertThat(images.label(i)).isEqualTo(i % 3);
        assertThat(images.id(i)).isEqualTo(1000 + i);
      }
      assertThatThrownBy(() -> images.copyCrop(5, Crop.whole(3, 4), new byte[12], 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void cropsAndMirrors() throws IOException {
    try (ShardedImages images = ShardedImages.open(List.of(shard("rgb", 3, 4, 3, 0)))) {
      byte[] target = new byte[2 + 2 * 3 * 3];
      images.copyCrop(0, new Crop(1, 1, 2, 3, false), target, 2);
      assertThat(target)
          .containsExactly(
              0, 0, 15, 16, 17, 18, 19, 20, 21, 22, 23, 27, 28, 29, 30, 31, 32, 33, 34, 35);
      images.copyCrop(0, new Crop(1, 1, 2, 3, true), target, 2);
      assertThat(Arrays.copyOfRange(target, 2, 11))
          .containsExactly(21, 22, 23, 18, 19, 20, 15, 16, 17);
      assertThatThrownBy(() -> images.copyCrop(0, new Crop(2, 0, 2, 3, false), target, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void sameImagesGiveTheSameBytes() throws IOException {
    assertThat(Files.mismatch(shard("x", 3, 4, 1, 4, 9), shard("y", 3, 4, 1, 4, 9))).isEqualTo(-1);
  }

  @Test
  void imagesMustHaveTheShardsSizeAndNumber() throws IOException {
    Path file = directory.resolve("wrong");
    ShardWriter shard = new ShardWriter(Files.newOutputStream(file), 2, 3, 4, 1);
    assertThatThrownBy(() -> shard.add(image(0, 4, 4, 1), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4x4x1");
    shard.add(image(0, 3, 4, 1), 0, 0);
    assertThatThrownBy(shard::close).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ShardedImages.open(List.of(file))).isInstanceOf(IOException.class);
  }

  @Test
  void shardsOfDifferentSizesDoNotGoTogether() throws IOException {
    List<Path> files = List.of(shard("small", 3, 4, 1, 0), shard("large", 4, 4, 1, 1));
    assertThatThrownBy(() -> ShardedImages.open(files))
        .isInstanceOf(ShardFormatException.class)
        .hasMessageContaining("[4, 4, 1]");
  }

  @Test
  void anotherSafetensorsFileIsNoShard() throws IOException {
    Path file = directory.resolve("other");
    try (SafetensorsWriter writer =
        new SafetensorsWriter(
            Files.newOutputStream(file),
            List.of(new SafetensorsWriter.Entry("images", TensorType.F32, List.of(1L))),
            Map.of())) {
      writer.write(ByteBuffer.allocate(4));
    }
    assertThatThrownBy(() -> ShardedImages.open(List.of(file)))
        .isInstanceOf(ShardFormatException.class)
        .hasMessageContaining("F32");
  }
}
