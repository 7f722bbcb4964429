package io.tencrop.vision.recipe;

import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parameters that are updated alike, as in PyTorch's {@code param_groups}.
 *
 * @param members their places among the network's parameters, ascending
 * @param decayed whether the optimizer's weight decay holds for them
 * @param rateFactor of the learning rate
 */
public record ParameterGroup(List<Integer> members, boolean decayed, double rateFactor) {
  public ParameterGroup {
    members = List.copyOf(members);
  }

  /** A network's trained parameters; frozen ones are in no group. */
  public static List<ParameterGroup> of(Network network, TrainingOptions options) {
    Set<Parameter> head = Set.copyOf(network.headParameters());
    FineTuning fineTuning = options.fineTuning();
    Map<List<Object>, ParameterGroup> groups = new LinkedHashMap<>();
    for (int i = 0; i < network.parameters().size(); i++) {
      Parameter parameter = network.parameters().get(i);
      if (fineTuning.freezes(parameter.name())) {
        continue;
      }
      boolean decayed = options.decayNormAndBias() || parameter.shape().size() > 1;
      double factor = head.contains(parameter) ? 1 : fineTuning.bodyLearningRateFactor();
      groups.merge(
          List.of(decayed, factor),
          new ParameterGroup(List.of(i), decayed, factor),
          ParameterGroup::plus);
    }
    return List.copyOf(groups.values());
  }

  private ParameterGroup plus(ParameterGroup other) {
    List<Integer> all = new ArrayList<>(members);
    all.addAll(other.members);
    return new ParameterGroup(all, decayed, rateFactor);
  }
}
