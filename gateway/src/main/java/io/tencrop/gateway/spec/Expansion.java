package io.tencrop.gateway.spec;

import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.RunGroupSpec;
import io.tencrop.contracts.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** The grid of a spec as its single runs: group by group, seed by seed. */
public final class Expansion {
  private Expansion() {}

  /** All runs, in the order of the spec. */
  public static List<RunSpec> runs(ExperimentSpec spec) {
    InputSpec input = spec.preparation().input();
    List<RunSpec> runs = new ArrayList<>();
    for (RunGroupSpec group : spec.runs()) {
      for (long seed : group.seeds()) {
        runs.add(
            new RunSpec(
                runName(group.name(), seed),
                group.name(),
                group.architecture(),
                seed,
                group.training(),
                input));
      }
    }
    return runs;
  }

  /** What the run of this seed is called. */
  public static String runName(String group, long seed) {
    return group + "-s" + seed;
  }

  /** Optimizer updates of a run over so many training images; an epoch's last batch is kept. */
  public static long totalSteps(RunSpec run, long trainImages) {
    int batchSize = run.training().batchSize();
    return (trainImages + batchSize - 1) / batchSize * run.training().epochs();
  }
}
