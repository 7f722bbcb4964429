package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogitBankFileTest {
  @TempDir Path directory;

  private Path write(LogitBank bank) throws IOException {
    Path file = directory.resolve("bank.safetensors");
    LogitBankFile.write(bank, Map.of("view", "center"), Files.newOutputStream(file));
    return file;
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    LogitBank bank = Banks.member(3);
    Path file = write(bank);
    LogitBank read = LogitBankFile.read(file);

    assertThat(read.views()).isEqualTo(1);
    assertThat(read.outputs()).isEqualTo(Banks.CLASSES);
    assertThat(read.logits()).containsExactly(bank.logits());
    assertThat(read.labels()).containsExactly(bank.labels());
    assertThat(read.ids()).containsExactly(bank.ids());
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      assertThat(opened.tensor("logits").shape()).containsExactly(200L, 1L, 5L);
      assertThat(opened.tensor("labels").type()).isEqualTo(TensorType.I32);
      assertThat(opened.tensor("ids").type()).isEqualTo(TensorType.I64);
      assertThat(opened.header().metadata()).containsEntry("view", "center");
    }
  }

  @Test
  void largeBankGoesThroughInPieces() throws IOException {
    int n = 70_001;
    float[] logits = new float[n * 4];
    int[] labels = new int[n];
    long[] ids = new long[n];
    for (int i = 0; i < n; i++) {
      logits[i * 4 + 3] = i;
      labels[i] = i % 2;
      ids[i] = 5_000_000_000L + i;
    }
    LogitBank read = LogitBankFile.read(write(new LogitBank(2, 2, logits, labels, ids)));

    assertThat(read.logits()).isEqualTo(logits);
    assertThat(read.labels()).isEqualTo(labels);
    assertThat(read.ids()).isEqualTo(ids);
  }

  @Test
  void sameBankGivesTheSameBytes() throws IOException {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    LogitBankFile.write(Banks.member(1), Map.of("a", "1", "b", "2"), first);
    LogitBankFile.write(Banks.member(1), Map.of("b", "2", "a", "1"), second);

    assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
  }

  @Test
  void emptySplitIsAFileToo() throws IOException {
    assertThat(
            LogitBankFile.read(write(new LogitBank(1, 3, new float[0], new int[0], new long[0])))
                .images())
        .isZero();
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path wrongType = directory.resolve("wrong");
    writeTensor(wrongType, "logits", TensorType.I32, List.of(1L, 1L, 2L), 8);
    assertThatThrownBy(() -> LogitBankFile.read(wrongType))
        .isInstanceOf(SafetensorsFormatException.class)
        .hasMessageContaining("'logits' is I32 [1, 1, 2], expected F32 with 3 dimensions");

    Path noLabels = directory.resolve("no-labels");
    writeTensor(noLabels, "logits", TensorType.F32, List.of(1L, 1L, 2L), 8);
    assertThatThrownBy(() -> LogitBankFile.read(noLabels))
        .isInstanceOf(SafetensorsFormatException.class)
        .hasMessageContaining("labels");

    Path truncated = write(Banks.member(1));
    byte[] bytes = Files.readAllBytes(truncated);
    Files.write(truncated, java.util.Arrays.copyOf(bytes, bytes.length - 9));
    assertThatThrownBy(() -> LogitBankFile.read(truncated))
        .isInstanceOf(SafetensorsFormatException.class);
  }

  private static void writeTensor(
      Path file, String name, TensorType type, List<Long> shape, int bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        SafetensorsWriter writer =
            new SafetensorsWriter(
                out, List.of(new SafetensorsWriter.Entry(name, type, shape)), Map.of())) {
      writer.write(ByteBuffer.allocate(bytes));
    }
  }
}
