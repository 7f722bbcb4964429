package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftTargetsTest {
  private static final float[] FIRST = {0.25f, 0.75f, 1, 0};
  private static final float[] SECOND = {0.5f, 0.5f, 0.125f, 0.875f};
  private static final long[] IDS = {7, 3};

  @TempDir Path directory;

  private static float[] answer(SoftTargets targets, long id, int epoch) {
    float[] answer = new float[3];
    targets.copy(id, epoch, answer, 1);
    return answer;
  }

  @Test
  void anEpochSeesTheAnswersToItsVariant() {
    SoftTargets targets = new SoftTargets(2, List.of(FIRST, SECOND), IDS);
    assertThat(answer(targets, 7, 0)).containsExactly(0, 0.25f, 0.75f);
    assertThat(answer(targets, 7, 1)).containsExactly(0, 0.5f, 0.5f);
    assertThat(answer(targets, 3, 2)).containsExactly(0, 1, 0);
    assertThat(targets.has(3)).isTrue();
    assertThat(targets.has(0)).isFalse();
    assertThatThrownBy(() -> answer(targets, 0, 0)).hasMessageContaining("no answer to image 0");
  }

  @Test
  void aFileHoldsTheSameAndTheSameBytes() throws Exception {
    SoftTargets targets = new SoftTargets(2, List.of(FIRST, SECOND), IDS);
    Path file = directory.resolve("targets");
    Path again = directory.resolve("again");
    targets.write(Map.of("temperature", "4.0"), Files.newOutputStream(file));
    SoftTargets read = SoftTargets.read(file);
    read.write(Map.of("temperature", "4.0"), Files.newOutputStream(again));
    assertThat(again).hasSameBinaryContentAs(file);
    assertThat(read.variants()).isEqualTo(2);
    assertThat(read.images()).isEqualTo(2);
    assertThat(read.classes()).isEqualTo(2);
    for (long id : IDS) {
      for (int epoch = 0; epoch < 2; epoch++) {
        assertThat(answer(read, id, epoch)).isEqualTo(answer(targets, id, epoch));
      }
    }
  }

  @Test
  void whatIsNoDistributionIsRefused() throws Exception {
    for (float[] wrong :
        List.of(
            new float[] {0.25f, 0.8f, 1, 0},
            new float[] {-0.5f, 1.5f, 1, 0},
            new float[] {Float.NaN, 1, 1, 0})) {
      assertThatThrownBy(() -> new SoftTargets(2, List.of(wrong), IDS))
          .hasMessageContaining("the answer to image 7 is no distribution");
    }
    assertThatThrownBy(() -> new SoftTargets(2, List.of(FIRST), new long[] {7, 7}))
        .hasMessageContaining("image 7 is there twice");
    assertThatThrownBy(() -> new SoftTargets(2, List.of(FIRST), new long[] {7}))
        .hasMessageContaining("4 probabilities for 1 images of 2 classes");
    Path file = directory.resolve("wrong");
    List<Entry> entries =
        List.of(
            new Entry("probabilities", TensorType.F32, List.of(1L, 1L, 2L)),
            new Entry("ids", TensorType.I64, List.of(1L)));
    try (SafetensorsWriter writer =
        new SafetensorsWriter(Files.newOutputStream(file), entries, Map.of())) {
      ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      writer.write(bytes.putFloat(0, 2));
    }
    assertThatThrownBy(() -> SoftTargets.read(file))
        .isInstanceOf(SafetensorsFormatException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("no distribution");
  }
}
