package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One network with one set of settings, trained once per seed.
 *
 * @param name what its runs are called after; absent: the architecture's name. Unique within the
 *     experiment
 */
public record RunGroupSpec(
    String name,
    ArchitectureSpec architecture,
    List<Long> seeds,
    @JsonUnwrapped TrainingSpec training) {

  /** With the defaults for what is absent. */
  @JsonCreator
  public static RunGroupSpec of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("architecture") ArchitectureSpec architecture,
      @JsonProperty("seeds") @Nullable List<Long> seeds,
      @JsonUnwrapped TrainingSpec training) {
    return new RunGroupSpec(
        name == null ? architecture.name() : name,
        architecture,
        seeds == null ? List.of(0L) : seeds,
        training);
  }

  public RunGroupSpec {
    seeds = List.copyOf(seeds);
  }
}
