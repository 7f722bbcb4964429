package io.tencrop.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitecturesTest {
  private static final ActivationShape GREY_32 = ActivationShape.image(1, 32, 32);
  private static final ActivationShape COLOR_32 = ActivationShape.image(3, 32, 32);
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
        Arguments.of("resnet50", Map.of(), COLOR_224, 1000, 25_557_032L),
        Arguments.of("vit-b-16", Map.of(), COLOR_224, 1000, 86_567_656L),
        // 312 + 50_944 + 738_304 + 1_180_672 + 2_570
        Arguments.of("airbench", Map.of(), COLOR_32, 10, 1_972_802L),
        // 312 + 16_256 + 184_832 + 295_424 + 1_290
        Arguments.of("airbench", Map.of("widthDivisor", 2), COLOR_32, 10, 498_114L),
        // 9 (8 * 192^2 + 11 * 192) + 49 * 192 + 68 * 192 + 193 * 10
        Arguments.of("vit-tiny", Map.of(), COLOR_32, 10, 2_697_610L));
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
  void namesOfTheVisionTransformerAreTorchvisions() throws ArchitectureException {
    Network network = Architectures.create("vit-b-16", Map.of()).network(COLOR_224, 1000);
    assertThat(network.parameters())
        .extracting(parameter -> parameter.name() + " " + parameter.shape())
        .hasSize(152)
        .contains(
            "class_token [1, 1, 768]",
            "conv_proj.weight [768, 3, 16, 16]",
            "conv_proj.bias [768]",
            "encoder.pos_embedding [1, 197, 768]",
            "encoder.layers.encoder_layer_0.ln_1.weight [768]",
            "encoder.layers.encoder_layer_0.self_attention.in_proj_weight [2304, 768]",
            "encoder.layers.encoder_layer_0.self_attention.in_proj_bias [2304]",
            "encoder.layers.encoder_layer_0.self_attention.out_proj.weight [768, 768]",
            "encoder.layers.encoder_layer_0.self_attention.out_proj.bias [768]",
            "encoder.layers.encoder_layer_11.ln_2.bias [768]",
            "encoder.layers.encoder_layer_11.mlp.0.weight [3072, 768]",
            "encoder.layers.encoder_layer_11.mlp.3.bias [768]",
            "encoder.ln.weight [768]",
            "heads.head.weight [1000, 768]");
    assertThat(network.buffers()).isEmpty();
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

  static Stream<Arguments> impossible() {
    return Stream.of(
        Arguments.of("lenet5", Map.of(), 3, 15, "'pool2'"),
        Arguments.of("alexnet", Map.of(), 3, 62, "'features.12'"),
        Arguments.of("alexnet", Map.of(), 3, 20, "the next larger square it takes is 63x63"),
        Arguments.of("vit-b-16", Map.of(), 3, 250, "the next larger square it takes is 256x256"),
        Arguments.of("alexnet-d2l", Map.of(), 1, 64, "'features.12'"),
        Arguments.of("vgg16", Map.of(), 3, 31, "'features.30'"),
        Arguments.of("vit-tiny", Map.of(), 3, 30, "multiples of 4"),
        Arguments.of("vit-b-16", Map.of(), 1, 100, "multiples of 16"),
        Arguments.of("vit", Map.of("width", 64), 3, 32, "does not divide into 12 heads"),
        Arguments.of("shallow", Map.of("hidden", 1_000_000), 3, 224, "'fc1.weight' would be"),
        Arguments.of("logistic", Map.of(), 3, 50_000, "the input would be 3x50000x50000"),
        Arguments.of("resnet50", Map.of("stem", "cifar"), 3, 10_000, "the output of 'conv1'"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void aSizeThatCannotBeTakenIsRefused(
      String name, Map<String, Object> options, int channels, int side, String message)
      throws ArchitectureException {
    Architecture architecture = Architectures.create(name, options);
    assertThatThrownBy(() -> architecture.network(ActivationShape.image(channels, side, side), 10))
        .isInstanceOf(ArchitectureException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "logistic, 1",
    "shallow, 1",
    "lenet5, 16",
    "alexnet, 63",
    "alexnet-d2l, 65",
    "vgg11, 32",
    "vgg16, 32",
    "resnet18, 1",
    "resnet34, 1",
    "resnet50, 1",
    "vit, 4",
    "vit-tiny, 4",
    "vit-b-16, 16"
  })
  void takesItsSmallestInputWithAnyChannels(String name, int side) throws ArchitectureException {
    for (int channels : new int[] {1, 3, 5}) {
      assertThat(network(name, ActivationShape.image(channels, side, side)).outputs()).isEqualTo(2);
    }
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
    "alexnet, dropout, 1, dropout is 1; it must be a number from 0 to less than 1",
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

  @Test
  void optionsAndInputsAreReadFromText() throws ArchitectureException {
    assertThat(Architectures.parse("vgg11", Map.of("widthDivisor", "4", "batchNorm", "true")))
        .isEqualTo(Architectures.create("vgg11", Map.of("widthDivisor", 4, "batchNorm", true)));
    assertThat(Architectures.parse("vit", Map.of("dropout", "0.1", "depth", "2")))
        .isEqualTo(Architectures.create("vit", Map.of("dropout", 0.1, "depth", 2)));
    assertThat(Architectures.parse("resnet18", Map.of("stem", "cifar")))
        .isEqualTo(Architectures.create("resnet18", Map.of("stem", "cifar")));
    assertThat(ActivationShape.parseImage("3x224x200"))
        .isEqualTo(ActivationShape.image(3, 224, 200));
    for (String wrong : new String[] {"3x224", "3x0x5", "3x-1x5", "", "3x9999999999x5", "axbxc"}) {
      assertThatThrownBy(() -> ActivationShape.parseImage(wrong))
          .isInstanceOf(ArchitectureException.class)
          .hasMessageContaining("3x224x224");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "shallow, hidden, 4.5, hidden is 4.5; it must be a whole number from 1 to 1000000",
    "shallow, hidden, 99999999999999999999, hidden is 99999999999999999999; it must be",
    "vgg11, batchNorm, yes, batchNorm is yes; it must be true or false",
    "alexnet, dropout, much, dropout is much; it must be a number from 0 to less than 1",
    "alexnet, stem, cifar, alexnet has no option 'stem'; it has dropout"
  })
  void textThatIsNoValueIsNamed(String name, String option, String text, String message) {
    assertThatThrownBy(() -> Architectures.parse(name, Map.of(option, text)))
        .isInstanceOf(ArchitectureException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theVisionTransformerStartsAsTorchvisions() throws ArchitectureException {
    Map<String, Parameter> parameters = new HashMap<>();
    network("vit-b-16", COLOR_224)
        .parameters()
        .forEach(parameter -> parameters.put(parameter.name(), parameter));
    String block = "encoder.layers.encoder_layer_3.";
    assertNormal(parameters.get("conv_proj.weight"), Math.sqrt(1.0 / 768));
    assertNormal(parameters.get("encoder.pos_embedding"), 0.02);
    assertUniform(parameters.get(block + "self_attention.in_proj_weight"), Math.sqrt(6.0 / 3072));
    assertUniform(parameters.get(block + "self_attention.out_proj.weight"), Math.sqrt(1.0 / 768));
    assertUniform(parameters.get(block + "mlp.0.weight"), Math.sqrt(6.0 / 3840));
    assertUniform(parameters.get(block + "mlp.3.weight"), Math.sqrt(6.0 / 3840));
    assertNormal(parameters.get(block + "mlp.0.bias"), 1e-6);
    for (String zero :
        new String[] {
          "class_token",
          "conv_proj.bias",
          block + "self_attention.in_proj_bias",
          block + "self_attention.out_proj.bias",
          block + "ln_1.bias",
          "heads.head.weight",
          "heads.head.bias"
        }) {
      assertThat(parameters.get(zero).initialValues(3)).as(zero).containsOnly(0);
    }
    assertThat(parameters.get("encoder.ln.weight").initialValues(3)).containsOnly(1);
  }

  @Test
  void aTruncatedNormalStaysWithinTwo() {
    float[] values = new float[20_000];
    new Initializer.TruncatedNormal(1).fill(values, RandomStream.of(1, Purpose.WEIGHTS, 1));
    for (float value : values) {
      assertThat(value).isBetween(-2f, 2f);
    }
    // Variance 1 - 4 phi(2) / (2 Phi(2) - 1).
    assertThat(deviation(values)).isBetween(0.98 * 0.8796, 1.02 * 0.8796);
  }

  private static void assertNormal(Parameter parameter, double deviation) {
    float[] values = parameter.initialValues(3);
    assertThat(deviation(values))
        .as(parameter.name())
        .isBetween(0.95 * deviation, 1.05 * deviation);
    assertThat(largest(values)).as(parameter.name()).isGreaterThan(2.5 * deviation);
  }

  private static void assertUniform(Parameter parameter, double bound) {
    float[] values = parameter.initialValues(3);
    assertThat(deviation(values))
        .as(parameter.name())
        .isBetween(0.98 * bound / Math.sqrt(3), 1.02 * bound / Math.sqrt(3));
    assertThat(largest(values)).as(parameter.name()).isBetween(0.999 * bound, 1.0001 * bound);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
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
