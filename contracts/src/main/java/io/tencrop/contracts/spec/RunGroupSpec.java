package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One network with one set of settings, trained once per seed.
 *
 * @param name what its runs are called after; absent: the architecture's name. Unique within the
 *     experiment
 * @param threads CPU threads of the training step. Part of the run since another count gives other
 *     bits; absent: 1
 */
public record RunGroupSpec(
    String name,
    ArchitectureSpec architecture,
    List<Long> seeds,
    OptimizerSpec optimizer,
    LossSpec loss,
    int batchSize,
    int epochs,
    int threads) {

  /** With the defaults for what is absent. */
  @JsonCreator
  public static RunGroupSpec of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("architecture") ArchitectureSpec architecture,
      @JsonProperty("seeds") @Nullable List<Long> seeds,
      @JsonProperty("optimizer") @Nullable OptimizerSpec optimizer,
      @JsonProperty("loss") @Nullable LossSpec loss,
      @JsonProperty("batchSize") @Nullable Integer batchSize,
      @JsonProperty("epochs") @Nullable Integer epochs,
      @JsonProperty("threads") @Nullable Integer threads) {
    return new RunGroupSpec(
        name == null ? architecture.name() : name,
        architecture,
        seeds == null ? List.of(0L) : seeds,
        optimizer == null ? OptimizerSpec.Adam.defaults() : optimizer,
        loss == null ? LossSpec.CROSS_ENTROPY : loss,
        batchSize == null ? 64 : batchSize,
        epochs == null ? 10 : epochs,
        threads == null ? 1 : threads);
  }

  public RunGroupSpec {
    seeds = List.copyOf(seeds);
  }
}
