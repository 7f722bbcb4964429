package io.tencrop.evaluator.prediction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.evaluator.inference.Networks;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Networks that stay in memory to answer, by checkpoint. What their weights take is bounded; those
 * that were used least go first, and all that were not used for a while. A network in use is never
 * closed: that waits for the end of its {@link Lease}.
 *
 * <p>Networks are asked on one thread at a time.
 */
final class WarmNetworks implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WarmNetworks.class);

  private final TrainedModels models;
  private final ObjectStore store;
  private final FileCache files;
  private final Networks networks;
  private final Cache<String, Loaded> cache;

  /**
   * @param maxBytes of all weights in memory; a larger network is closed after each use
   * @param idle after so long without use a network is closed
   */
  WarmNetworks(
      TrainedModels models,
      ObjectStore store,
      FileCache files,
      Networks networks,
      long maxBytes,
      Duration idle,
      MeterRegistry meters) {
    this.models = models;
    this.store = store;
    this.files = files;
    this.networks = networks;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((String id, Loaded loaded) -> loaded.weight())
            .expireAfterAccess(idle)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .removalListener(WarmNetworks::removed)
            .recordStats()
            .build();
    CaffeineCacheMetrics.monitor(meters, cache, "tencrop.evaluator.networks");
  }

  private static void removed(@Nullable String id, @Nullable Loaded loaded, RemovalCause cause) {
    LOG.infof("The network of checkpoint %s leaves memory: %s", id, cause);
    if (loaded != null) {
      loaded.remove();
    }
  }

  /** A network in memory, which is closed when it is neither kept nor used. */
  private static final class Loaded {
    private final TrainedModel model;
    private final Networks.Answering network;
    private int users;
    private boolean removed;

    Loaded(TrainedModel model, Networks.Answering network) {
      this.model = model;
      this.network = network;
    }

    /** In bytes. */
    int weight() {
      return Math.toIntExact(Math.min(Integer.MAX_VALUE, model.manifest().weights().bytes()));
    }

    /** False when it is closed, or about to be. */
    synchronized boolean enter() {
      if (removed) {
        return false;
      }
      users++;
      return true;
    }

    synchronized void leave() {
      users--;
      closeIfUnused();
    }

    synchronized void remove() {
      removed = true;
      closeIfUnused();
    }

    private void closeIfUnused() {
      if (removed && users == 0) {
        network.close();
      }
    }
  }

  /** The right to ask a network; it stays open until this is closed. */
  static final class Lease implements AutoCloseable {
    private final Loaded loaded;
    private final boolean warm;

    private Lease(Loaded loaded, boolean warm) {
      this.loaded = loaded;
      this.warm = warm;
    }

    TrainedModel model() {
      return loaded.model;
    }

    Networks.Answering network() {
      return loaded.network;
    }

    /** Whether it was in memory. */
    boolean warm() {
      return warm;
    }

    @Override
    public void close() {
      loaded.leave();
    }
  }

  /**
   * The network of a checkpoint.
   *
   * @throws PredictionException when there is none, or it cannot predict
   * @throws io.tencrop.messaging.PermanentFailureException when it does not fit its data or weights
   */
  Lease acquire(String checkpointId) throws IOException, PredictionException {
    Loaded kept = cache.getIfPresent(checkpointId);
    if (kept != null && kept.enter()) {
      return new Lease(kept, true);
    }
    Loaded loaded = load(checkpointId);
    loaded.enter();
    cache.put(checkpointId, loaded);
    return new Lease(loaded, false);
  }

  private Loaded load(String checkpointId) throws IOException, PredictionException {
    TrainedModel model = models.find(checkpointId);
    StoredFile weights = model.manifest().weights();
    try (FileCache.Lease file =
        files.acquire(store, Buckets.CHECKPOINTS, weights.key(), weights.sha256())) {
      return new Loaded(model, networks.load(model.manifest().run(), model.dataset(), file.path()));
    }
  }

  /** How many are in memory. */
  long size() {
    cache.cleanUp();
    return cache.estimatedSize();
  }

  @Override
  public void close() {
    cache.invalidateAll();
  }
}
