package io.tencrop.gateway.weights;

import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Puts the parts together. */
final class WeightsBeans {
  private WeightsBeans() {}

  @Produces
  @Singleton
  static ObjectStore store(StoreConfig config) {
    return ObjectStore.connect(config.settings());
  }

  static void close(@Disposes ObjectStore store) {
    store.close();
  }

  @Produces
  @Singleton
  static WeightsStore weights(ObjectStore store, WeightsConfig config, MessageCodec codec)
      throws IOException {
    FileCache cache = new FileCache(config.cacheDir(), config.cacheSize().asLongValue());
    return new WeightsStore(store, cache, codec);
  }

  @Produces
  @Singleton
  static Uploads uploads(WeightsStore store, WeightsConfig config) {
    return new Uploads(store, config.cacheDir(), config.maxSize().asLongValue());
  }
}
