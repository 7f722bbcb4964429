package io.tencrop.evaluator.cost;

import io.tencrop.evaluator.inference.Networks;
import io.tencrop.evaluator.inference.PreparedSplits;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the parts together that tell costs. */
final class CostBeans {
  private CostBeans() {}

  @Produces
  @Singleton
  static EntryCosts costs(
      ObjectStore store,
      FileCache cache,
      PreparedSplits splits,
      Networks networks,
      NetworkCosts known) {
    return new EntryCosts(
        new CostMeter(store, cache, splits, networks, known, new CallTimer(System::nanoTime)));
  }
}
