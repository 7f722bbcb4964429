package io.tencrop.evaluator.checkpoint;

import io.tencrop.evaluator.inference.PreparedSplits;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the parts of averages together. */
final class CheckpointBeans {
  private CheckpointBeans() {}

  @Produces
  @Singleton
  static CheckpointManifests manifests(ObjectStore store, MessageCodec codec) {
    return new CheckpointManifests(store, codec);
  }

  @Produces
  @Singleton
  static CheckpointAveraging averaging(
      ObjectStore store,
      FileCache cache,
      MessageCodec codec,
      CheckpointManifests manifests,
      PreparedSplits splits) {
    return new CheckpointAveraging(store, cache, codec, manifests, new BatchNormPass(splits));
  }
}
