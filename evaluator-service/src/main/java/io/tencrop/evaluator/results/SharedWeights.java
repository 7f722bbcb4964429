package io.tencrop.evaluator.results;

import java.io.IOException;
import java.util.Set;
import java.util.UUID;

/** Tells which weights several experiments have results of. */
@FunctionalInterface
public interface SharedWeights {
  /**
   * Those of the weights (SHA-256) that results of other experiments are of.
   *
   * @throws IOException when the database is away
   */
  Set<String> ofOtherExperiments(UUID experimentId, Set<String> weights) throws IOException;
}
