package io.tencrop.dataset;

import io.tencrop.contracts.event.DatasetRequest;
import io.tencrop.contracts.event.PrepareShard;
import io.tencrop.dataset.preparation.ImageWorkers;
import io.tencrop.dataset.preparation.Preparations;
import io.tencrop.dataset.preparation.PreparedImages;
import io.tencrop.dataset.preparation.Publisher;
import io.tencrop.dataset.preparation.RequestHandler;
import io.tencrop.dataset.preparation.ShardHandler;
import io.tencrop.dataset.preparation.SourceLookup;
import io.tencrop.dataset.source.Sources;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.WorkHandler;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoreSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;

/** Makes the plain classes that do the work. */
@ApplicationScoped
class Beans {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  MessageCodec codec() {
    return new MessageCodec();
  }

  @Produces
  @Singleton
  ObjectStore store(StoreConfig config) {
    return ObjectStore.connect(
        new StoreSettings(config.endpoint(), config.accessKey(), config.secretKey()));
  }

  void close(@Disposes ObjectStore store) {
    store.close();
  }

  @Produces
  @Singleton
  Sources sources(
      DatasetConfig config, ObjectStore store, MessageCodec codec, Sources.SnapshotIndex index)
      throws IOException {
    FileCache cache = new FileCache(config.workDir().resolve("cache"), config.cacheBytes());
    return new Sources(
        store, cache, codec, index, config.workDir().resolve("fetch"), config.maxArchiveBytes());
  }

  @Produces
  @Singleton
  PreparedImages images(Sources sources, ObjectStore store, MessageCodec codec) {
    return new PreparedImages(sources, store, codec);
  }

  @Produces
  @Singleton
  WorkHandler<DatasetRequest> requests(
      SourceLookup datasets,
      Sources sources,
      Preparations preparations,
      ObjectStore store,
      Publisher publisher,
      MessageCodec codec) {
    return new DatabaseRetries<>(
        new RequestHandler(datasets, sources, preparations, store, publisher, codec));
  }

  @Produces
  @Singleton
  ImageWorkers workers(DatasetConfig config) {
    return new ImageWorkers(config.threads().orElse(Runtime.getRuntime().availableProcessors()));
  }

  void close(@Disposes ImageWorkers workers) {
    workers.close();
  }

  @Produces
  @Singleton
  WorkHandler<PrepareShard> shards(
      DatasetConfig config,
      ImageWorkers workers,
      Sources sources,
      Preparations preparations,
      ObjectStore store,
      Publisher publisher,
      MessageCodec codec)
      throws IOException {
    return new DatabaseRetries<>(
        new ShardHandler(
            sources,
            preparations,
            store,
            publisher,
            codec,
            workers,
            config.workDir().resolve("shards")));
  }
}
