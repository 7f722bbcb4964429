package io.tencrop.vision.script;

import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.ParameterGroup;
import io.tencrop.vision.recipe.TrainingOptions;
import java.util.List;

/**
 * What a step does with the gradients.
 *
 * @param groups the trained parameters
 */
public record Update(Optimizer optimizer, TrainingOptions options, List<ParameterGroup> groups) {
  public Update {
    groups = List.copyOf(groups);
  }

  /**
   * Of a network.
   *
   * @throws IllegalArgumentException when all its parameters are frozen
   */
  public static Update of(Network network, Optimizer optimizer, TrainingOptions options) {
    List<ParameterGroup> groups = ParameterGroup.of(network, options);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(
          "the patterns %s freeze all parameters: nothing is left to train"
              .formatted(options.fineTuning().freeze()));
    }
    return new Update(optimizer, options, groups);
  }

  /** The places of the trained parameters among the network's, ascending. */
  public List<Integer> trainedPlaces() {
    return groups.stream().flatMap(group -> group.members().stream()).sorted().toList();
  }

  /** The trained parameters, in the network's order. */
  public List<Parameter> trained(Network network) {
    return trainedPlaces().stream().map(network.parameters()::get).toList();
  }
}
