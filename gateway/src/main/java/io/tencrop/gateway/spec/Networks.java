package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.ArchitectureView;
import io.tencrop.contracts.spec.ArchitectureSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The networks that can be trained. */
public interface Networks {
  /** All of them. */
  List<ArchitectureView> all();

  /** What is wrong with the options; empty when nothing is. The name is one of {@link #all}. */
  Optional<String> objection(ArchitectureSpec architecture);

  /**
   * Why the network cannot take images {@code [C, H, W]}; empty when it can. The architecture is
   * one without objection.
   */
  Optional<String> objectionToInput(
      ArchitectureSpec architecture, int channels, int height, int width);

  /**
   * Names of what the network trains. The architecture and the input {@code [C, H, W]} are without
   * objection.
   */
  List<String> parameters(ArchitectureSpec architecture, int channels, int height, int width);

  /**
   * Why the network cannot start from weights; empty when it can. The architecture and the input
   * {@code [C, H, W]} are without objection; how many outputs there are does not matter.
   *
   * @param shapes of the weights' tensors, by name
   */
  Optional<String> objectionToWeights(
      ArchitectureSpec architecture,
      int channels,
      int height,
      int width,
      Map<String, List<Long>> shapes);
}
