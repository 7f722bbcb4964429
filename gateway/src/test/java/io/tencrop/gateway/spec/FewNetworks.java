package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.ArchitectureView;
import io.tencrop.contracts.spec.ArchitectureSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Networks for tests: "small", and "wide" with an option that takes 1 to 9 and inputs from 8 px;
 * weights fit when {@code conv.weight} has the input's channels.
 */
public final class FewNetworks implements Networks {
  @Override
  public List<ArchitectureView> all() {
    return List.of(
        new ArchitectureView("small", "small", List.of()),
        new ArchitectureView(
            "wide", "wide", List.of(new ArchitectureView.Option("width", "integer", 4, "1 to 9"))));
  }

  @Override
  public Optional<String> objection(ArchitectureSpec architecture) {
    Object width = architecture.options().getOrDefault("width", 4);
    return width instanceof Integer number && number >= 1 && number <= 9
        ? Optional.empty()
        : Optional.of("width is " + width + "; must be from 1 to 9");
  }

  @Override
  public Optional<String> objectionToInput(
      ArchitectureSpec architecture, int channels, int height, int width) {
    return architecture.name().equals("wide") && height < 8
        ? Optional.of("an input of %dx%dx%d is too small".formatted(channels, height, width))
        : Optional.empty();
  }

  @Override
  public List<String> parameters(
      ArchitectureSpec architecture, int channels, int height, int width) {
    return List.of("conv.weight", "conv.bias", "head.weight", "head.bias");
  }

  @Override
  public Optional<String> objectionToWeights(
      ArchitectureSpec architecture,
      int channels,
      int height,
      int width,
      Map<String, List<Long>> shapes) {
    long given = shapes.get("conv.weight").get(1);
    return given == channels
        ? Optional.empty()
        : Optional.of("%d channels, not %d".formatted(given, channels));
  }
}
