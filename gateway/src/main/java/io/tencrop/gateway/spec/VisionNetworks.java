package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.ArchitectureView;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.weights.WeightsFit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The networks of the vision library. */
@ApplicationScoped
class VisionNetworks implements Networks {
  /** How many outputs does not matter to what a network can take. */
  private static final int ANY_OUTPUTS = 2;

  @Override
  public List<ArchitectureView> all() {
    return Architectures.all().stream().map(VisionNetworks::view).toList();
  }

  @Override
  public Optional<String> objection(ArchitectureSpec architecture) {
    try {
      Architectures.create(architecture.name(), architecture.options());
      return Optional.empty();
    } catch (ArchitectureException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Optional<String> objectionToInput(
      ArchitectureSpec architecture, int channels, int height, int width) {
    try {
      network(architecture, channels, height, width);
      return Optional.empty();
    } catch (ArchitectureException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<String> parameters(
      ArchitectureSpec architecture, int channels, int height, int width) {
    try {
      return network(architecture, channels, height, width).parameters().stream()
          .map(Parameter::name)
          .toList();
    } catch (ArchitectureException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public Optional<String> objectionToWeights(
      ArchitectureSpec architecture,
      int channels,
      int height,
      int width,
      Map<String, List<Long>> shapes) {
    try {
      return WeightsFit.of(network(architecture, channels, height, width), shapes).objection();
    } catch (ArchitectureException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Network network(ArchitectureSpec architecture, int channels, int height, int width)
      throws ArchitectureException {
    return Architectures.create(architecture.name(), architecture.options())
        .network(ActivationShape.image(channels, height, width), ANY_OUTPUTS);
  }

  private static ArchitectureView view(Architectures.Description description) {
    return new ArchitectureView(
        description.name(),
        description.description(),
        description.options().stream()
            .map(
                option ->
                    new ArchitectureView.Option(
                        option.name(),
                        option.type(),
                        option.defaultValue(),
                        "%s; %s".formatted(option.description(), option.allowed())))
            .toList());
  }
}
