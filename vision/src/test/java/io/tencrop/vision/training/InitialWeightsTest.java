package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.weights.WeightsMisfitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialWeightsTest {
  private static final int CLASSES = 4;
  private static final long SEED = 11;

  @TempDir Path directory;

  private Path trained;

  private static TrainingSettings settings(String name, Loss loss, int classes)
      throws ArchitectureException {
    Architecture architecture = Architectures.create(name, Map.of());
    Optimizer optimizer = new Optimizer.Sgd(0.05, 0.9, 0, false, 0);
    InputTransform input = new InputTransform(32, true, List.of(), List.of());
    return new TrainingSettings(architecture, loss, optimizer, 8, 1, SEED, 1, input, classes);
  }

  private static ImageSet images(int classes, int channels) {
    return ArrayImages.squares(24, classes, channels, 36, 1);
  }

  private Path save(Snapshot snapshot, String name) throws IOException {
    Path file = directory.resolve(name);
    try (var out = Files.newOutputStream(file)) {
      snapshot.writeWeights(out);
    }
    return file;
  }

  @BeforeEach
  void train() throws Exception {
    ImageSet images = images(CLASSES, 1);
    try (TrainingSession session =
        TrainingSession.start(settings("lenet5", Loss.CROSS_ENTROPY, CLASSES), images, images)) {
      while (!session.finished()) {
        session.advance();
      }
      trained = save(session.snapshot(), "trained");
    }
  }

  private Path begin(TrainingSettings settings, int channels) throws Exception {
    ImageSet images = images(settings.classes(), channels);
    try (TrainingSession session =
        TrainingSession.start(settings, new TrainingImages(images, images), trained)) {
      assertThat(session.step()).isZero();
      return save(session.snapshot(), "begun");
    }
  }

  @Test
  void goesOnFromAllOfThemWhenTheShapesAgree() throws Exception {
    Path begun = begin(settings("lenet5", Loss.CROSS_ENTROPY, CLASSES), 1);
    assertThat(begun).hasSameBinaryContentAs(trained);
  }

  @Test
  void beginsTheHeadAnewForOtherClassesOrAnotherLoss() throws Exception {
    begunWithANewHead(settings("lenet5", Loss.CROSS_ENTROPY, 3), 3);
    begunWithANewHead(settings("lenet5", Loss.BINARY_CROSS_ENTROPY, 2), 1);
  }

  private void begunWithANewHead(TrainingSettings settings, int outputs) throws Exception {
    Path begun = begin(settings, 1);
    try (SafetensorsFile before = SafetensorsFile.open(trained);
        SafetensorsFile after = SafetensorsFile.open(begun)) {
      for (Parameter parameter :
          settings.architecture().network(ActivationShape.image(1, 32, 32), outputs).parameters()) {
        ByteBuffer values = after.data(parameter.name());
        if (parameter.name().startsWith("fc3.")) {
          float[] found = new float[parameter.elements()];
          values.asFloatBuffer().get(found);
          assertThat(found).isEqualTo(parameter.initialValues(SEED));
        } else {
          assertThat(values).isEqualTo(before.data(parameter.name()));
        }
      }
    }
  }

  @Test
  void anotherNetworksWeightsAreRefused() throws Exception {
    TrainingSettings other = settings("shallow", Loss.CROSS_ENTROPY, CLASSES);
    assertThatThrownBy(() -> begin(other, 1))
        .isInstanceOf(WeightsMisfitException.class)
        .hasMessageContaining("fc2.bias is [84] and should be [4]")
        .hasMessageContaining("unexpected: conv1.bias");
  }

  @Test
  void weightsForGreyImagesAreRefusedForColour() throws Exception {
    TrainingSettings same = settings("lenet5", Loss.CROSS_ENTROPY, CLASSES);
    assertThatThrownBy(() -> begin(same, 3))
        .isInstanceOf(WeightsMisfitException.class)
        .hasMessageContaining("set channels: 1 in the preparation");
  }
}
