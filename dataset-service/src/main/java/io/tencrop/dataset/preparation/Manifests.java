package io.tencrop.dataset.preparation;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Manifests in the object store. One that is there says that all its shards are. */
final class Manifests {
  private final ObjectStore store;
  private final MessageCodec codec;

  Manifests(ObjectStore store, MessageCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /** The prepared data set of this id, if it is complete. */
  Optional<PreparedDataset> find(String preparedId) throws IOException {
    byte[] json;
    try {
      json = store.get(Buckets.DATASETS, Buckets.preparedManifest(preparedId));
    } catch (ObjectMissingException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(summary(codec.decode(json, PreparedManifest.class), json));
    } catch (MessageFormatException e) {
      throw new IllegalStateException(
          "the manifest %s in the object store is damaged: delete it, and the data is prepared again"
              .formatted(Buckets.preparedManifest(preparedId)),
          e);
    }
  }

  /** Writes the manifest over all shards. */
  PreparedDataset write(
      Plan plan, Preparations.Order order, SourceSnapshot source, List<Preparations.Written> shards)
      throws IOException {
    Map<SplitName, List<PreparedManifest.Shard>> bySplit = new EnumMap<>(SplitName.class);
    shards.stream()
        .sorted(
            Comparator.comparing(Preparations.Written::split)
                .thenComparing(Preparations.Written::index))
        .forEach(
            shard ->
                bySplit
                    .computeIfAbsent(shard.split(), split -> new ArrayList<>())
                    .add(
                        new PreparedManifest.Shard(
                            Buckets.shard(plan.preparedId(), shard.split().label(), shard.index()),
                            shard.sha256(),
                            shard.bytes(),
                            shard.images(),
                            plan.shard(shard.split(), shard.index()).variant())));
    PreparedManifest manifest =
        new PreparedManifest(
            Plan.FORMAT_VERSION,
            plan.preparedId(),
            order.dataset(),
            source.digest(),
            order.options(),
            source.classes(),
            plan.channels(),
            plan.height(),
            plan.width(),
            bySplit);
    byte[] json = codec.encode(manifest);
    store.putIfAbsent(Buckets.DATASETS, Buckets.preparedManifest(plan.preparedId()), json);
    return summary(manifest, json);
  }

  private static PreparedDataset summary(PreparedManifest manifest, byte[] json) {
    Map<SplitName, Long> counts = new EnumMap<>(SplitName.class);
    for (SplitName split : manifest.shards().keySet()) {
      long images =
          manifest.shards(split, 0).stream().mapToLong(PreparedManifest.Shard::images).sum();
      counts.put(split, images);
    }
    return new PreparedDataset(
        manifest.id(),
        Digests.sha256(json),
        manifest.classes(),
        manifest.channels(),
        manifest.height(),
        manifest.width(),
        counts);
  }
}
