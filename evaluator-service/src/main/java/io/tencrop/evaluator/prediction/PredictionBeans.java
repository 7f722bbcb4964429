package io.tencrop.evaluator.prediction;

import io.micrometer.core.instrument.MeterRegistry;
import io.tencrop.evaluator.inference.Networks;
import io.tencrop.evaluator.results.Results;
import io.tencrop.evaluator.results.Temperatures;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the parts of predictions together. */
final class PredictionBeans {
  private PredictionBeans() {}

  @Produces
  @Singleton
  static PredictionQueue queue(PredictionConfig config) {
    return new PredictionQueue(config.queue(), config.patience());
  }

  static void close(@Disposes PredictionQueue queue) {
    queue.close();
  }

  @Produces
  @Singleton
  static WarmNetworks networks(
      PredictionConfig config,
      ObjectStore store,
      FileCache files,
      MessageCodec codec,
      Networks engine,
      MeterRegistry meters) {
    return new WarmNetworks(
        new TrainedModels(store, codec),
        store,
        files,
        engine,
        config.networks().asLongValue(),
        config.idle(),
        meters);
  }

  static void close(@Disposes WarmNetworks networks) {
    networks.close();
  }

  @Produces
  @Singleton
  static Predictor predictor(
      WarmNetworks networks, Results results, Temperatures temperatures, PredictionConfig config) {
    return new Predictor(networks, results, temperatures, config.maxPixels());
  }
}
