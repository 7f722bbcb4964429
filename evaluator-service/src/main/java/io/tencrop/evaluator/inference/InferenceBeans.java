package io.tencrop.evaluator.inference;

import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What asks networks, and where their images come from. */
final class InferenceBeans {
  private InferenceBeans() {}

  @Produces
  @Singleton
  static Networks networks() {
    return new EngineNetworks();
  }

  @Produces
  @Singleton
  static PreparedSplits splits(ObjectStore store, FileCache cache, MessageCodec codec) {
    return new PreparedSplits(store, cache, codec);
  }
}
