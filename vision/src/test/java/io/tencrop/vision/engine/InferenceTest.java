package io.tencrop.vision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.engine.TensorGroup.Content;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Buffer;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.network.SharedPrefix;
import io.tencrop.vision.recipe.Compute;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import io.tencrop.vision.script.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a network answers is what its layers, one by one as in training, make of each crop. */
class InferenceTest {
  private static final int CLASSES = 5;

  @TempDir Path directory;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("lenet5", Map.of(), 1, 36, 32),
        Arguments.of("lenet5", Map.of(), 3, 35, 32),
        Arguments.of("shallow", Map.of(), 1, 12, 8),
        Arguments.of("alexnet", Map.of(), 3, 80, 64),
        Arguments.of("alexnet-d2l", Map.of(), 3, 120, 110),
        Arguments.of("vgg11", Map.of("widthDivisor", 4), 3, 40, 34),
        Arguments.of("vgg11", Map.of("widthDivisor", 4, "batchNorm", true), 1, 40, 36),
        Arguments.of("resnet18", Map.of("stem", "cifar"), 3, 36, 32),
        Arguments.of("resnet18", Map.of(), 3, 60, 52),
        Arguments.of("resnet50", Map.of("stem", "cifar"), 3, 30, 26),
        Arguments.of("airbench", Map.of(), 3, 36, 32),
        Arguments.of("vit", Map.of("width", 48, "depth", 2, "heads", 3), 3, 48, 32));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void answersAsLayerByLayer(
      String name, Map<String, Object> options, int channels, int stored, int side)
      throws Exception {
    Architecture architecture = Architectures.create(name, options);
    Network network = architecture.network(ActivationShape.image(channels, side, side), CLASSES);
    NetworkWeights weights = weights(network);
    InputTransform transform =
        new InputTransform(
            side,
            true,
            channels == 1 ? List.of(0.3) : List.of(0.48, 0.45, 0.41),
            channels == 1 ? List.of(0.3) : List.of(0.23, 0.22, 0.24));
    ArrayImages images = ArrayImages.squares(7, CLASSES, channels, stored, 3);
    Crop center = Crop.center(stored, stored, side);
    List<List<Crop>> views =
        List.of(
            Crop.tenCrop(stored, stored, side),
            List.of(center),
            List.of(center.mirror(), center, new Crop(0, 1, side, side, true)));
    try (LoadedProgram program =
            new LoadedProgram(Program.inference(network, transform, Compute.PLAIN), 2);
        TensorGroup parameters = program.tensors(weights.parameters());
        TensorGroup buffers = program.tensors(weights.buffers());
        Inference inference =
            Inference.load(
                architecture,
                transform,
                CLASSES,
                Loss.CROSS_ENTROPY,
                channels,
                stored,
                stored,
                2,
                file(network, weights))) {
      for (List<Crop> crops : views) {
        byte[] pixels = new byte[6 * crops.size() * side * side * channels];
        for (int i = 0; i < 6 * crops.size(); i++) {
          images.copyCrop(
              1 + i / crops.size(),
              crops.get(i % crops.size()),
              pixels,
              i * side * side * channels);
        }
        float[] expected =
            program.call(
                "logits",
                false,
                List.of(
                    new Argument.Pixels(pixels, 6 * crops.size(), side, side, channels),
                    new Argument.Tensors(parameters),
                    new Argument.Tensors(buffers)));
        assertClose(inference.logits(images, 1, 7, crops), expected);
        // By itself an image is computed otherwise than among many.
        float[] one = inference.logits(images, 3, 4, crops);
        int each = crops.size() * CLASSES;
        assertClose(one, Arrays.copyOfRange(expected, 2 * each, 3 * each));
      }
    }
  }

  /** As on a GPU. */
  @Test
  void answersWithoutWinogradToo() throws Exception {
    Network network =
        Architectures.create("resnet18", Map.of("stem", "cifar"))
            .network(ActivationShape.image(3, 16, 16), CLASSES);
    InputTransform transform = new InputTransform(null, false, List.of(0.5), List.of(0.25));
    NetworkWeights weights = weights(network);
    byte[] pixels = new byte[4 * 16 * 16 * 3];
    new Random(1).nextBytes(pixels);
    Argument batch = new Argument.Pixels(pixels, 4, 16, 16, 3);
    List<float[]> answers = new ArrayList<>();
    for (boolean winograd : new boolean[] {false, true}) {
      try (LoadedProgram program =
              new LoadedProgram(Program.answers(network, transform, winograd), 1);
          TensorGroup parameters = program.tensors(weights.parameters());
          TensorGroup buffers = program.tensors(weights.buffers());
          TensorGroup prepared =
              program.tensors(
                  "prepared",
                  List.of(new Argument.Tensors(parameters), new Argument.Tensors(buffers)))) {
        answers.add(program.call("answers", false, List.of(batch, new Argument.Tensors(prepared))));
      }
    }
    assertClose(answers.get(0), answers.get(1));
    assertThat(answers.get(0)).isNotEqualTo(answers.get(1));
  }

  @Test
  void sharesWhatTheCropsHaveInCommon() throws Exception {
    List<SharedPrefix> lenet =
        SharedPrefix.of(
            Architectures.create("lenet5", Map.of())
                .network(ActivationShape.image(1, 32, 32), CLASSES));
    assertThat(lenet)
        .containsExactly(new SharedPrefix(2, 1), new SharedPrefix(5, 2), new SharedPrefix(6, 4));
    // Margins of 4: the corners are 4 apart, the centre 2.
    assertThat(SharedCrops.of(Crop.tenCrop(36, 36, 32), lenet).orElseThrow())
        .isEqualTo(
            new SharedCrops(
                lenet.get(1),
                List.of(Crop.whole(36, 36), Crop.whole(36, 36).mirror()),
                Stream.of(
                        0, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 2, 0, 1, 1, //
                        1, 0, 0, 1, 0, 2, 1, 2, 0, 1, 2, 2, 1, 1, 1)
                    .map(Integer::longValue)
                    .toList()));
    assertThat(SharedCrops.of(Crop.tenCrop(35, 35, 32), lenet).orElseThrow().prefix())
        .isEqualTo(lenet.get(0));
    Crop center = Crop.center(36, 36, 32);
    assertThat(SharedCrops.of(List.of(center, center.mirror()), lenet)).isEmpty();
    assertThat(SharedCrops.of(Crop.tenCrop(36, 36, 32), List.of())).isEmpty();
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    assertThat(difference / largest).isLessThan(1e-5);
  }

  /** Initial parameters, and statistics as training might leave them. */
  private static NetworkWeights weights(Network network) {
    Random random = new Random(5);
    List<Content> parameters = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      float[] values = parameter.initialValues(1);
      for (int i = 0; i < values.length && parameter.shape().size() == 1; i++) {
        values[i] += 0.3f * (random.nextFloat() - 0.5f);
      }
      parameters.add(new Content(parameter.shape(), FloatBuffer.wrap(values)));
    }
    List<Content> buffers = new ArrayList<>();
    for (Buffer buffer : network.buffers()) {
      float[] values = new float[buffer.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = buffer.initial() + 0.5f * (random.nextFloat() - 0.5f);
      }
      buffers.add(new Content(List.of((long) buffer.size()), FloatBuffer.wrap(values)));
    }
    return new NetworkWeights(parameters, buffers);
  }

  private Path file(Network network, NetworkWeights weights) throws IOException {
    List<Entry> entries = new ArrayList<>();
    List<Content> contents = new ArrayList<>(weights.parameters());
    contents.addAll(weights.buffers());
    network.parameters().forEach(p -> entries.add(new Entry(p.name(), TensorType.F32, p.shape())));
    network
        .buffers()
        .forEach(b -> entries.add(new Entry(b.name(), TensorType.F32, List.of((long) b.size()))));
    Path file = directory.resolve("weights");
    try (SafetensorsWriter writer =
        new SafetensorsWriter(Files.newOutputStream(file), entries, Map.of())) {
      for (Content content : contents) {
        FloatBuffer values = content.values().duplicate();
        ByteBuffer bytes =
            ByteBuffer.allocate(values.remaining() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        writer.write(bytes);
      }
    }
    return file;
  }
}
