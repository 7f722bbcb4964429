package io.tencrop.vision.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightsFitTest {
  private static Network network(String name, int channels, int outputs)
      throws ArchitectureException {
    return Architectures.create(name, Map.of())
        .network(ActivationShape.image(channels, 32, 32), outputs);
  }

  private static Map<String, List<Long>> shapes(Network network) {
    Map<String, List<Long>> shapes = new TreeMap<>();
    network.parameters().forEach(parameter -> shapes.put(parameter.name(), parameter.shape()));
    network.buffers().forEach(buffer -> shapes.put(buffer.name(), List.of((long) buffer.size())));
    return shapes;
  }

  @Test
  void ownWeightsFit() throws ArchitectureException {
    Network network = network("resnet18", 3, 10);
    WeightsFit fit = WeightsFit.of(network, shapes(network));
    assertThat(fit.objection()).isEmpty();
    assertThat(fit.replacesHead()).isFalse();
  }

  @Test
  void theHeadMayHaveOtherOutputs() throws ArchitectureException {
    WeightsFit fit = WeightsFit.of(network("resnet18", 3, 1), shapes(network("resnet18", 3, 1000)));
    assertThat(fit.objection()).isEmpty();
    assertThat(fit.replacesHead()).isTrue();
  }

  @Test
  void aHeadOfOtherInputsIsAnotherNetworks() throws ArchitectureException {
    Map<String, List<Long>> given = shapes(network("lenet5", 1, 10));
    given.put("fc3.weight", List.of(10L, 83L));
    WeightsFit fit = WeightsFit.of(network("lenet5", 1, 2), given);
    assertThat(fit.replacesHead()).isFalse();
    assertThat(fit.objection())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("fc3.weight is [10, 83] and should be [2, 84]")
                    .contains("fc3.bias is [10] and should be [2]"));
  }

  @Test
  void namesWhatIsMissingAndWhatIsTooMuch() throws ArchitectureException {
    Network network = network("lenet5", 1, 10);
    Map<String, List<Long>> given = shapes(network);
    given.remove("conv2.bias");
    given.put("conv9.bias", List.of(3L));
    assertThat(WeightsFit.of(network, given).objection())
        .hasValue("missing: conv2.bias; unexpected: conv9.bias");
  }

  @Test
  void aLongListIsCutShort() throws ArchitectureException {
    assertThat(
            WeightsFit.of(network("resnet18", 3, 10), shapes(network("resnet34", 3, 10)))
                .objection())
        .hasValueSatisfying(
            text -> assertThat(text).contains("layer1.2.bn1.bias").contains("(80 in all)"));
  }

  @Test
  void saysWhatToDoAboutOtherChannels() throws ArchitectureException {
    assertThat(
            WeightsFit.of(network("resnet18", 1, 10), shapes(network("resnet18", 3, 1000)))
                .objection())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith(
                        "the weights take images of 3 channels and the network is given 1: set channels: 3")
                    .contains("conv1.weight is [64, 3, 7, 7] and should be [64, 1, 7, 7]"));
  }
}
