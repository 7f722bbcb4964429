package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One run: everything that its training depends on, beside the prepared data set.
 *
 * @param name unique within the experiment: {@code <group>-s<seed>}
 * @param group the run group that it belongs to
 */
public record RunSpec(
    String name,
    String group,
    ArchitectureSpec architecture,
    long seed,
    @JsonUnwrapped TrainingSpec training,
    InputSpec input) {

  /** The same, trained otherwise. */
  public RunSpec withTraining(TrainingSpec other) {
    return new RunSpec(name, group, architecture, seed, other, input);
  }

  /** The same with another input. */
  public RunSpec withInput(InputSpec other) {
    return new RunSpec(name, group, architecture, seed, training, other);
  }
}
