package io.tencrop.gateway.spec;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights that runs can start from. */
@FunctionalInterface
public interface KnownWeights {
  /**
   * The shape of each tensor, by name; empty when there is no such checkpoint.
   *
   * @param id of a checkpoint
   * @throws IOException when that cannot be told now
   */
  Optional<Map<String, List<Long>>> shapes(String id) throws IOException;
}
