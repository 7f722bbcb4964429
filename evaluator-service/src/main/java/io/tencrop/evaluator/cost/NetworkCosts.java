package io.tencrop.evaluator.cost;

import java.io.IOException;
import java.util.Optional;

/**
 * Costs that were measured, by {@link CostKey#id}.
 *
 * <p>Both methods throw {@link IOException} when the database is away.
 */
interface NetworkCosts {
  Optional<NetworkCost> find(String id) throws IOException;

  /** Keeps a cost, unless another replica was first; answers the one that is kept. */
  NetworkCost keep(String id, NetworkCost cost) throws IOException;
}
