package io.tencrop.dataset.preparation;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.DatasetEvent.DatasetFailed;
import io.tencrop.contracts.event.DatasetEvent.DatasetPrepared;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.messaging.PermanentFailureException;
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
import java.util.UUID;
import java.util.stream.Collectors;

/** Manifests in the object store. One that is there says that all its shards are. */
final class Manifests {
  private static final Comparator<Preparations.Written> ORDER =
      Comparator.comparing(Preparations.Written::split).thenComparing(Preparations.Written::index);

  private final ObjectStore store;
  private final MessageCodec codec;

  Manifests(ObjectStore store, MessageCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /** A prepared data set, and what of the source is not in it. */
  record Found(PreparedDataset dataset, RejectedImages rejected) {
    /** What is to be told to an experiment. */
    DatasetEvent answer(Preparations.Waiter waiter, boolean reused) {
      long all = rejected.total();
      for (long images : dataset.counts().values()) {
        all += images;
      }
      UUID experiment = waiter.experiment();
      return Rejections.failure(rejected, all, waiter.maxRejectedShare())
          .<DatasetEvent>map(failure -> new DatasetFailed(experiment, failure))
          .orElseGet(() -> new DatasetPrepared(experiment, dataset, reused));
    }
  }

  /** The prepared data set of this id, if it is complete. */
  Optional<Found> find(String preparedId) throws IOException {
    byte[] json;
    try {
      json = store.get(Buckets.DATASETS, Buckets.preparedManifest(preparedId));
    } catch (ObjectMissingException e) {
      return Optional.empty();
    }
    try {
      PreparedManifest manifest = codec.decode(json, PreparedManifest.class);
      return Optional.of(new Found(summary(manifest, json), manifest.rejected()));
    } catch (MessageFormatException e) {
      throw new IllegalStateException(
          "the manifest %s in the object store is damaged: delete it, and the data is prepared again"
              .formatted(Buckets.preparedManifest(preparedId)),
          e);
    }
  }

  /**
   * Writes the manifest over all shards.
   *
   * @throws PermanentFailureException when a split has no image left that can be used
   */
  PreparedDataset write(
      Plan plan, Preparations.Order order, SourceSnapshot source, List<Preparations.Written> shards)
      throws IOException {
    Map<SplitName, List<PreparedManifest.Shard>> bySplit = new EnumMap<>(SplitName.class);
    shards.stream()
        .sorted(ORDER)
        .forEach(
            shard ->
                bySplit
                    .computeIfAbsent(shard.split(), split -> new ArrayList<>())
                    .add(shard(plan, shard)));
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
            bySplit,
            rejected(plan, source, shards),
            order.snapshotSha256(),
            ShardFacts.together(plan, source, shards));
    checkNotEmpty(manifest);
    byte[] json = codec.encode(manifest);
    store.putIfAbsent(Buckets.DATASETS, Buckets.preparedManifest(plan.preparedId()), json);
    return summary(manifest, json);
  }

  private static PreparedManifest.Shard shard(Plan plan, Preparations.Written shard) {
    return new PreparedManifest.Shard(
        Buckets.shard(plan.preparedId(), shard.split().label(), shard.index()),
        shard.sha256(),
        shard.bytes(),
        shard.images(),
        plan.shard(shard.split(), shard.index()).variant());
  }

  /** Variants are of the same images: the first one's are counted. */
  private static RejectedImages rejected(
      Plan plan, SourceSnapshot source, List<Preparations.Written> shards) {
    return shards.stream()
        .filter(shard -> plan.shard(shard.split(), shard.index()).variant() == 0)
        .sorted(ORDER)
        .map(Preparations.Written::rejected)
        .reduce(RejectedImages.of(source.rejected()), RejectedImages::and);
  }

  private static void checkNotEmpty(PreparedManifest manifest) {
    manifest
        .shards()
        .forEach(
            (split, shards) -> {
              if (shards.stream().allMatch(shard -> shard.images() == 0)) {
                throw new PermanentFailureException(
                    FailureCode.SOURCE_INVALID,
                    "No image of the %s split can be used; the first of the source are %s. Replace them, or give the split a larger share."
                        .formatted(
                            split.label(),
                            manifest.rejected().first().stream()
                                .limit(5)
                                .map(image -> image.path() + " (" + image.reason() + ")")
                                .collect(Collectors.joining(", "))));
              }
            });
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
        counts,
        manifest.facts() == null ? null : manifest.facts().normalization(),
        DataNotes.of(manifest));
  }
}
