package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.ArchitectureView;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
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
      Architectures.create(architecture.name(), architecture.options())
          .network(ActivationShape.image(channels, height, width), ANY_OUTPUTS);
      return Optional.empty();
    } catch (ArchitectureException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
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
