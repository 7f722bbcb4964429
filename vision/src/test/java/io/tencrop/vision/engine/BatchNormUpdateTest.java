package io.tencrop.vision.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Buffer;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import io.tencrop.vision.weights.WeightAverage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stochastic weight averaging against what {@code torch.optim.swa_utils} makes of the same weights
 * and images, which {@code tools/swa-goldens} writes.
 */
class BatchNormUpdateTest {
  private static final int CLASSES = 5;
  private static final int SIDE = 32;
  private static final int IMAGES = 40;
  private static final int BATCH = 16;
  private static final int MODELS = 3;
  private static final int TESTED = 4;
  private static final InputTransform INPUT =
      new InputTransform(null, false, List.of(0.5), List.of(0.25));
  private static final Crop WHOLE = Crop.whole(SIDE, SIDE);

  @TempDir Path directory;

  @Test
  void averagesAndUpdatesAsPyTorchDoes() throws Exception {
    Architecture architecture = Architectures.create("airbench", Map.of());
    Network network = architecture.network(ActivationShape.image(3, SIDE, SIDE), CLASSES);
    List<Path> models = new ArrayList<>();
    for (int model = 0; model < MODELS; model++) {
      models.add(weights(network, model));
    }
    Path averaged = average(models, Map.of(), "averaged");
    Map<String, ByteBuffer> statistics = statistics(network, averaged);
    Path updated = average(List.of(averaged), statistics, "updated");

    try (SafetensorsFile golden =
        SafetensorsFile.open(
            Path.of(BatchNormUpdateTest.class.getResource("/swa/pytorch.safetensors").toURI()))) {
      assertThat(statistics).hasSize(12);
      for (String name : statistics.keySet()) {
        assertClose(name, golden, statistics.get(name).asFloatBuffer());
      }
      try (Inference inference =
          Inference.load(
              architecture, INPUT, CLASSES, Loss.CROSS_ENTROPY, 3, SIDE, SIDE, 1, updated)) {
        assertClose(
            "logits",
            golden,
            FloatBuffer.wrap(inference.logits(images(), 0, TESTED, List.of(WHOLE))));
      }
    }
    assertThat(Files.readAllBytes(average(models, Map.of(), "again")))
        .isEqualTo(Files.readAllBytes(averaged));
    assertThat(statistics(network, averaged)).isEqualTo(statistics);
  }

  @Test
  void weightsOfAnotherShapeAreRefused() throws Exception {
    Path three = logistic(3);
    assertThatThrownBy(() -> average(List.of(three, logistic(2)), Map.of(), "averaged"))
        .isInstanceOf(SafetensorsFormatException.class)
        .hasMessageContaining("[3,")
        .hasMessageContaining("[2,");
    assertThatThrownBy(() -> average(List.of(), Map.of(), "averaged"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Path logistic(int classes) throws Exception {
    return weights(
        Architectures.create("logistic", Map.of()).network(ActivationShape.image(1, 4, 4), classes),
        classes);
  }

  private static Map<String, ByteBuffer> statistics(Network network, Path weights)
      throws IOException {
    int[] order = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      order[i] = i * 7 % IMAGES;
    }
    try (BatchNormUpdate update = BatchNormUpdate.load(network, INPUT, WHOLE, 1, 1, weights)) {
      for (int from = 0; from < IMAGES; from += BATCH) {
        update.add(images(), order, from, Math.min(from + BATCH, IMAGES));
      }
      return update.statistics();
    }
  }

  private Path average(List<Path> models, Map<String, ByteBuffer> replacements, String name)
      throws IOException {
    Path file = directory.resolve(name);
    List<SafetensorsFile> files = new ArrayList<>();
    for (Path model : models) {
      files.add(SafetensorsFile.open(model));
    }
    WeightAverage.write(files, replacements, Files.newOutputStream(file));
    for (SafetensorsFile open : files) {
      open.close();
    }
    return file;
  }

  private static void assertClose(String name, SafetensorsFile golden, FloatBuffer values)
      throws IOException {
    FloatBuffer expected = golden.data(name).asFloatBuffer();
    assertThat(values.remaining()).as(name).isEqualTo(expected.remaining());
    for (int i = 0; i < expected.remaining(); i++) {
      assertThat(values.get(i)).as("%s[%d]", name, i).isCloseTo(expected.get(i), within(1e-5f));
    }
  }

  private static ArrayImages images() {
    byte[][] images = new byte[IMAGES][SIDE * SIDE * 3];
    for (int i = 0; i < IMAGES; i++) {
      for (int j = 0; j < images[i].length; j++) {
        images[i][j] = (byte) ((scrambled(i, j) >>> 24) * (1 + i % 5) / 5);
      }
    }
    return new ArrayImages(images, new int[IMAGES], 3, SIDE, SIDE);
  }

  private static long scrambled(long start, long place) {
    long x = (start + place * 2654435761L) & 0xFFFFFFFFL;
    x ^= x >>> 15;
    x = (x * 2246822519L) & 0xFFFFFFFFL;
    return x ^ (x >>> 13);
  }

  private Path weights(Network network, int model) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      entries.add(new Entry(parameter.name(), TensorType.F32, parameter.shape()));
    }
    for (Buffer buffer : network.buffers()) {
      entries.add(new Entry(buffer.name(), TensorType.F32, List.of((long) buffer.size())));
    }
    Path file = directory.resolve("model-" + model);
    try (SafetensorsWriter writer =
        new SafetensorsWriter(Files.newOutputStream(file), entries, Map.of())) {
      for (Entry entry : entries) {
        writer.write(values(entry.name(), entry.shape(), model));
      }
    }
    return file;
  }

  private static ByteBuffer values(String name, List<Long> shape, int model) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(UTF_8));
    long start = crc.getValue() + 7919L * model;
    int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    ByteBuffer values = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      double x = scrambled(start, i) / (double) (1L << 31) - 1;
      if (shape.size() > 1) {
        x *= Math.sqrt(3.0 / (count / shape.get(0)));
      } else if (name.endsWith("running_var") || name.endsWith("weight")) {
        x = 1 + 0.5 * x;
      }
      values.putFloat((float) x);
    }
    return values.flip();
  }
}
