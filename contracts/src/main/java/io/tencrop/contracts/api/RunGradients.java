package io.tencrop.contracts.api;

import io.tencrop.contracts.data.ParameterNorm;
import java.util.List;
import java.util.UUID;

/**
 * How large the gradients of a run were, parameter by parameter and epoch by epoch.
 *
 * @param epochs those of which it is known, in order
 */
public record RunGradients(UUID runId, String name, List<EpochNorms> epochs) {
  public RunGradients {
    epochs = List.copyOf(epochs);
  }

  /**
   * In the last step of an epoch.
   *
   * @param epoch whole epochs so far, from 1
   * @param step optimizer updates so far
   * @param norms of the trained parameters, from the network's beginning to its end
   */
  public record EpochNorms(int epoch, long step, List<ParameterNorm> norms) {
    public EpochNorms {
      norms = List.copyOf(norms);
    }
  }
}
