package io.tencrop.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitecturesTest {
  private static final ActivationShape GREY_32 = ActivationShape.image(1, 32, 32);
  private static final ActivationShape GREY_224 = ActivationShape.image(1, 224, 224);
  private static final ActivationShape COLOR_224 = ActivationShape.image(3, 224, 224);

  /** Counts as torchvision's documentation of its weights gives them, or worked out by hand. */
  static Stream<Arguments> parameterCounts() {
    return Stream.of(
        Arguments.of("logistic", Map.of(), GREY_32, 10, 10_250L),
        Arguments.of("shallow", Map.of("hidden", 4), GREY_32, 10, 4_150L),
        Arguments.of("lenet5", Map.of(), GREY_32, 10, 61_706L),
        Arguments.of("alexnet", Map.of(), COLOR_224, 1000, 61_100_840L),
        Arguments.of("alexnet-d2l", Map.of(), GREY_224, 10, 46_764_746L),
        Arguments.of("vgg11", Map.of(), COLOR_224, 1000, 132_863_336L),
        Arguments.of("vgg11", Map.of("batchNorm", true), COLOR_224, 1000, 132_868_840L),
        Arguments.of("vgg16", Map.of(), COLOR_224, 1000, 138_357_544L),
        Arguments.of("vgg16", Map.of("batchNorm", true), COLOR_224, 1000, 138_365_992L),
        Arguments.of("resnet18", Map.of(), COLOR_224, 1000, 11_689_512L),
        Arguments.of("resnet34", Map.of(), COLOR_224, 1000, 21_797_672L),
        Arguments.of("resnet50", Map.of(), COLOR_224, 1000, 25_557_032L));
  }

  @ParameterizedTest
  @MethodSource("parameterCounts")
  void hasAsManyParametersAsItsModel(
      String name, Map<String, Object> options, ActivationShape input, int outputs, long count)
      throws ArchitectureException {
    Network network = Architectures.create(name, options).network(input, outputs);
    assertThat(network.parameterCount()).isEqualTo(count);
    assertThat(network.outputs()).isEqualTo(outputs);
    assertThat(network.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
  }

  @Test
  void namesAreTorchvisions() throws ArchitectureException {
    Network network = Architectures.create("resnet50", Map.of()).network(COLOR_224, 1000);
    assertThat(network.parameters())
        .extracting(Parameter::name)
        .contains(
            "conv1.weight",
            "bn1.bias",
            "layer1.0.conv3.weight",
            "layer1.0.downsample.0.weight",
            "layer4.2.bn3.weight",
            "fc.bias")
        .doesNotContain("conv1.bias", "layer1.1.downsample.0.weight");
    assertThat(network.buffers())
        .extracting(Buffer::name)
        .contains("bn1.running_mean", "layer2.0.downsample.1.running_var")
        .hasSize(106);
  }

  @Test
  void followsTheShape() throws ArchitectureException {
    Network network = Architectures.create("alexnet-d2l", Map.of()).network(GREY_224, 10);
    assertThat(network.layers())
        .extracting(layer -> layer.name() + " " + layer.output())
        .contains(
            "features.0 96x54x54",
            "features.2 96x26x26",
            "features.5 256x12x12",
            "features.12 256x5x5",
            "flatten 6400",
            "classifier.6 10");
  }

  @ParameterizedTest
  @CsvSource({
    "logistic, fc",
    "shallow, fc2",
    "alexnet, classifier.6",
    "vgg11, classifier.6",
    "resnet50, fc"
  })
  void theHeadIsTheLastLinearLayer(String name, String layer) throws ArchitectureException {
    assertThat(network(name, COLOR_224).headParameters())
        .extracting(Parameter::name)
        .containsExactly(layer + ".weight", layer + ".bias");
  }

  @Test
  void tooSmallAnInputIsNamed() {
    assertThatThrownBy(() -> network("vgg11", ActivationShape.image(3, 16, 16)))
        .isInstanceOf(ArchitectureException.class)
        .hasMessageContaining("3x16x16")
        .hasMessageContaining("features.20");
    assertThatThrownBy(() -> network("lenet5", ActivationShape.image(1, 12, 12)))
        .isInstanceOf(ArchitectureException.class)
        .hasMessageContaining("conv2");
  }

  private static Network network(String name, ActivationShape input) throws ArchitectureException {
    return Architectures.create(name, Map.of()).network(input, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "lenet6, hidden, 4, there is no architecture 'lenet6'; there are logistic",
    "lenet5, hidden, 4, lenet5 has no option 'hidden'; it has none",
    "shallow, hiden, 4, shallow has no option 'hiden'; it has hidden",
    "vgg11, batchNorm, 4, batchNorm is 4; it must be true or false",
    "resnet18, stem, 4, 'stem is 4; it must be one of imagenet, cifar'",
    "shallow, hidden, 0, hidden is 0; it must be a whole number from 1 to 1000000"
  })
  void whatDoesNotExistIsNamedWithWhatDoes(String name, String option, int value, String message) {
    assertThatThrownBy(() -> Architectures.create(name, Map.of(option, value)))
        .isInstanceOf(ArchitectureException.class)
        .hasMessageContaining(message.replace("'there", "there"));
  }

  @Test
  void startsFromTorchvisionsDistributions() throws ArchitectureException {
    for (Parameter parameter : network("resnet18", COLOR_224).parameters()) {
      switch (parameter.name()) {
        case "layer2.0.conv1.weight" -> {
          // Kaiming by fan-out: 128 maps of 3x3.
          double expected = Math.sqrt(2.0 / (128 * 9));
          assertThat(deviation(parameter.initialValues(3)))
              .isBetween(0.98 * expected, 1.02 * expected);
        }
        case "bn1.weight" -> assertThat(parameter.initialValues(3)).containsOnly(1);
        case "bn1.bias" -> assertThat(parameter.initialValues(3)).containsOnly(0);
        default -> {}
      }
    }
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }
}
