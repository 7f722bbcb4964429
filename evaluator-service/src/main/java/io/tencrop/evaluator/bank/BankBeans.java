package io.tencrop.evaluator.bank;

import io.micrometer.core.instrument.MeterRegistry;
import io.tencrop.evaluator.inference.EngineNetworks;
import io.tencrop.evaluator.inference.Networks;
import io.tencrop.evaluator.inference.PreparedSplits;
import io.tencrop.evaluator.results.SharedWeights;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the parts of the bank together. */
final class BankBeans {
  private BankBeans() {}

  @Produces
  @Singleton
  static LogitStore bank(BankConfig config, ObjectStore store) {
    return new LogitStore(store, config.float16Above().asLongValue());
  }

  @Produces
  @Singleton
  static BankFilling filling(
      BankConfig config,
      ObjectStore store,
      FileCache cache,
      PreparedSplits splits,
      LogitStore bank,
      Networks networks,
      MeterRegistry meters) {
    return new BankFilling(
        store,
        cache,
        splits,
        bank,
        new Slicing(config.sliceOperations(), EngineNetworks::operations),
        networks,
        meters.counter("tencrop.evaluator.crops"));
  }

  @Produces
  @Singleton
  static CheckpointEvaluation evaluation(BankFilling filling) {
    return new CheckpointEvaluation(filling);
  }

  @Produces
  @Singleton
  static TrainingLogits trainingLogits(
      ObjectStore store,
      FileCache cache,
      PreparedSplits splits,
      LogitStore bank,
      Networks networks,
      BankFilling filling) {
    return new TrainingLogits(store, cache, splits, bank, networks, filling);
  }

  @Produces
  @Singleton
  static Retention retention(LogitStore bank, SharedWeights shared) {
    return new Retention(bank, shared);
  }
}
