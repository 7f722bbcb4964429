package io.tencrop.vision.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ModuleMethod;
import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.engine.Inference;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.training.TrainingSession;
import io.tencrop.vision.training.TrainingSettings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelExportTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);
  private static final int SIDE = 32;
  private static final int IMAGES = 6;

  @TempDir Path directory;

  static Stream<Arguments> networks() {
    InputTransform color =
        new InputTransform(null, false, List.of(0.4, 0.5, 0.6), List.of(0.2, 0.3, 0.4));
    InputTransform grey = new InputTransform(null, false, List.of(0.3), List.of(0.3));
    InputTransform plain = new InputTransform(null, false, List.of(), List.of());
    return Stream.of(
        Arguments.of("lenet5", Map.of(), 1, grey, Loss.CROSS_ENTROPY),
        Arguments.of("airbench", Map.of(), 3, color, Loss.CROSS_ENTROPY),
        Arguments.of("logistic", Map.of(), 3, plain, Loss.BINARY_CROSS_ENTROPY),
        Arguments.of("resnet18", Map.of("stem", "cifar"), 3, color, Loss.CROSS_ENTROPY),
        Arguments.of(
            "vgg11",
            Map.of("widthDivisor", 16, "batchNorm", true),
            3,
            color,
            Loss.BINARY_CROSS_ENTROPY),
        Arguments.of(
            "vit", Map.of("width", 48, "depth", 2, "heads", 3), 3, color, Loss.CROSS_ENTROPY));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void answersAsTheNetworkDoes(
      String name, Map<String, Object> options, int channels, InputTransform input, Loss loss)
      throws Exception {
    ImageSet images = ArrayImages.squares(IMAGES, 2, channels, SIDE, 1);
    TrainingSettings settings =
        new TrainingSettings(
            Architectures.create(name, options),
            loss,
            new Optimizer.Sgd(0.01, 0.9, 0, true, 0),
            3,
            1,
            7,
            1,
            input,
            2);
    Path weights = train(settings, images);
    Path model = export(settings, channels, weights);
    float[] expected;
    try (Inference inference =
        Inference.load(settings.architecture(), input, 2, loss, channels, SIDE, SIDE, 1, weights)) {
      expected = inference.logits(images, 0, IMAGES, List.of(Crop.whole(SIDE, SIDE)));
    }
    byte[] pixels = pixels(images, channels);
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xFF) / 255f;
    }
    Shape shape = new Shape(IMAGES, channels, SIDE, SIDE);
    try (PtNDManager manager = (PtNDManager) Engine.getInstance().newBaseManager()) {
      PtNDArray floats = manager.create(FloatBuffer.wrap(values), shape, DataType.FLOAT32);
      PtNDArray bytes = manager.create(ByteBuffer.wrap(pixels), shape, DataType.UINT8);
      PtSymbolBlock module =
          JniUtils.loadModule(manager, model, true, new String[0], new String[0], false);
      assertThat(call(module, "forward", floats, manager)).containsExactly(expected, CLOSE);
      assertThat(call(module, "forward", bytes, manager)).containsExactly(expected, CLOSE);
      float[] probabilities = call(module, "probabilities", floats, manager);
      assertThat(probabilities).hasSize(2 * IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        float margin =
            expected.length == IMAGES ? expected[i] : expected[2 * i + 1] - expected[2 * i];
        assertThat(probabilities[2 * i + 1])
            .isCloseTo((float) (1 / (1 + Math.exp(-margin))), CLOSE);
        assertThat(probabilities[2 * i] + probabilities[2 * i + 1]).isCloseTo(1, CLOSE);
      }
      module.close();
    }
  }

  private static float[] call(
      PtSymbolBlock module, String method, PtNDArray input, PtNDManager manager) {
    try (IValue result = ModuleMethod.call(module, method, false, IValue.from(input))) {
      return result.toTensor(manager).toFloatArray();
    }
  }

  private Path train(TrainingSettings settings, ImageSet images) throws Exception {
    Path weights = directory.resolve("weights.safetensors");
    try (TrainingSession session = TrainingSession.start(settings, images, images)) {
      while (!session.finished()) {
        session.advance();
      }
      try (var out = Files.newOutputStream(weights)) {
        session.snapshot().writeWeights(out);
      }
    }
    return weights;
  }

  private Path export(TrainingSettings settings, int channels, Path weights) throws Exception {
    Network network =
        settings
            .architecture()
            .network(ActivationShape.image(channels, SIDE, SIDE), settings.loss().outputs(2));
    Path model = directory.resolve("model.pt");
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      new ModelExport(
              network, settings.input().mean(), settings.input().std(), List.of("cat", "dog"))
          .write(
              file,
              Map.of("about.json", "{}".getBytes(StandardCharsets.UTF_8)),
              Files.newOutputStream(model));
    }
    return model;
  }

  /** {@code [N, C, H, W]}. */
  private static byte[] pixels(ImageSet images, int channels) {
    int area = SIDE * SIDE;
    byte[] pixels = new byte[IMAGES * channels * area];
    byte[] image = new byte[channels * area];
    for (int i = 0; i < IMAGES; i++) {
      images.copyCrop(i, Crop.whole(SIDE, SIDE), image, 0);
      for (int place = 0; place < area; place++) {
        for (int channel = 0; channel < channels; channel++) {
          pixels[(i * channels + channel) * area + place] = image[place * channels + channel];
        }
      }
    }
    return pixels;
  }

  @Test
  void carriesFilesOfItsOwnAndIsTheSameEachTime() throws Exception {
    ImageSet images = ArrayImages.squares(IMAGES, 2, 1, SIDE, 1);
    TrainingSettings settings =
        new TrainingSettings(
            Architectures.create("lenet5", Map.of()),
            Loss.CROSS_ENTROPY,
            new Optimizer.Sgd(0.01, 0, 0, false, 0),
            3,
            1,
            7,
            1,
            new InputTransform(null, false, List.of(), List.of()),
            2);
    Path weights = train(settings, images);
    Path model = export(settings, 1, weights);
    byte[] first = Files.readAllBytes(model);
    assertThat(Files.readAllBytes(export(settings, 1, weights))).isEqualTo(first);
    try (ZipFile zip = new ZipFile(model.toFile())) {
      assertThat(zip.stream().map(Object::toString)).contains("program/extra/about.json");
    }
  }

  @Test
  void othersWeightsAreRefusedBeforeAnythingIsWritten() throws Exception {
    Network network =
        Architectures.create("lenet5", Map.of()).network(ActivationShape.image(1, 32, 32), 10);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Path other = Path.of("src/test/resources/weights/plain.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(other)) {
      ModelExport export = new ModelExport(network, List.of(), List.of(), List.of());
      assertThatThrownBy(() -> export.write(file, Map.of(), out))
          .isInstanceOf(SafetensorsFormatException.class)
          .hasMessageContaining("conv1.weight");
    }
    assertThat(out.size()).isZero();
  }
}
