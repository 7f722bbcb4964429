package io.tencrop.dataset.preparation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.SamplesView;
import io.tencrop.contracts.api.SamplesView.Sample;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.PreparedManifest.Shard;
import io.tencrop.dataset.preparation.Plan.ShardRange;
import io.tencrop.dataset.source.SourceImages;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.dataset.source.Sources;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.Bitmap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The images of prepared data sets, for people to look at. Of shards only the pixels that are asked
 * for are fetched; memory is bounded by what the caches may hold. Safe for use by several threads.
 */
public final class PreparedImages {
  private static final int PLANS = 3;
  private static final int SHARDS = 128;

  /** An image of a source may be large, and takes its room while it is decoded. */
  private static final int DECODING = 2;

  private final Sources sources;
  private final ObjectStore store;
  private final MessageCodec codec;
  private final Cache<String, Opened> opened = Caffeine.newBuilder().maximumSize(PLANS).build();
  private final Cache<String, ShardIndex> shards =
      Caffeine.newBuilder().maximumSize(SHARDS).build();

  public PreparedImages(Sources sources, ObjectStore store, MessageCodec codec) {
    this.sources = sources;
    this.store = store;
    this.codec = codec;
  }

  private final Semaphore decoding = new Semaphore(DECODING);

  private record Opened(PreparedManifest manifest, SourceSnapshot source, Plan plan) {}

  /** Where the image is in a split. */
  private record Position(SplitName split, int index) {}

  /** The manifest; empty when nothing of this id is in the store. */
  public Optional<PreparedManifest> manifest(String preparedId) throws IOException {
    String key = Buckets.preparedManifest(preparedId);
    try {
      return Optional.of(codec.decode(store.get(Buckets.DATASETS, key), PreparedManifest.class));
    } catch (ObjectMissingException e) {
      return Optional.empty();
    } catch (MessageFormatException e) {
      throw new IOException("object %s cannot be read: %s".formatted(key, e.getMessage()), e);
    }
  }

  private Optional<Opened> open(String preparedId) throws IOException {
    Opened known = opened.getIfPresent(preparedId);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<PreparedManifest> manifest = manifest(preparedId);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    SourceSnapshot source = source(manifest.get());
    Plan plan = Plan.of(source, manifest.get().preparation(), codec);
    Opened fresh = new Opened(manifest.get(), source, plan);
    opened.put(preparedId, fresh);
    return Optional.of(fresh);
  }

  private SourceSnapshot source(PreparedManifest manifest) throws IOException {
    String sha256 = manifest.snapshotSha256();
    if (sha256 == null) {
      throw gone(manifest, "was prepared by an earlier version, which did not note it", null);
    }
    try {
      return sources.load(sha256);
    } catch (ObjectMissingException e) {
      throw gone(manifest, "is not in the object store any more", e);
    }
  }

  private static PermanentFailureException gone(
      PreparedManifest manifest, String why, @Nullable Throwable cause) {
    return new PermanentFailureException(
        FailureCode.SOURCE_UNREADABLE,
        "Images cannot be shown, since the description of the source %s. Delete %s/%s and submit an experiment, so that the data is prepared anew."
            .formatted(why, Buckets.DATASETS, Buckets.preparedManifest(manifest.id())),
        cause);
  }

  /**
   * Some images of each class, evenly spread over them; empty when there is no such prepared data
   * set.
   *
   * @param labels the classes asked for
   * @param count of each class
   * @throws PermanentFailureException when the description of the source is gone
   */
  public Optional<SamplesView> samples(
      String preparedId, SplitName split, List<Integer> labels, int count) throws IOException {
    Optional<Opened> found = open(preparedId);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Opened data = found.get();
    int[] ids = data.plan().ids().getOrDefault(split, new int[0]);
    List<Sample> samples = new ArrayList<>();
    for (int label : labels) {
      int[] ofClass =
          Arrays.stream(ids).filter(id -> data.source().labels()[id] == label).toArray();
      int shown = Math.min(count, ofClass.length);
      for (int i = 0; i < shown; i++) {
        int id = ofClass[(int) ((long) i * ofClass.length / shown)];
        if (data.manifest().rejected().total() == 0 || stored(preparedId, id, 0).isPresent()) {
          samples.add(sample(data, id));
        }
      }
    }
    int variants = split == SplitName.TRAIN ? data.manifest().preparation().variants() : 1;
    return Optional.of(new SamplesView(split, variants, samples));
  }

  private static Sample sample(Opened data, int id) {
    int label = data.source().labels()[id];
    List<String> paths = data.source().paths();
    return new Sample(
        id, label, data.source().classes().get(label), paths == null ? null : paths.get(id));
  }

  /**
   * An image as the source has it; empty when it is in no split.
   *
   * @throws UnusableImageException when it cannot be decoded
   * @throws PermanentFailureException when the source is gone or has changed
   */
  public Optional<Bitmap> original(String preparedId, int id)
      throws IOException, InterruptedException, UnusableImageException {
    Optional<Opened> data = open(preparedId);
    if (data.isEmpty() || position(data.get(), id).isEmpty()) {
      return Optional.empty();
    }
    decoding.acquire();
    try (SourceImages images = sources.open(data.get().source())) {
      return Optional.of(images.read(id));
    } finally {
      decoding.release();
    }
  }

  /** An image as it is stored; empty when that variant of it is not. */
  public Optional<Bitmap> stored(String preparedId, int id, int variant) throws IOException {
    Optional<Opened> found = open(preparedId);
    Optional<Position> position = found.flatMap(data -> position(data, id));
    if (position.isEmpty()) {
      return Optional.empty();
    }
    Opened data = found.orElseThrow();
    for (ShardRange range : data.plan().shards()) {
      int index = position.get().index();
      if (range.split() == position.get().split()
          && range.variant() == variant
          && index >= range.from()
          && index < range.to()) {
        return read(
            data.manifest().shards().getOrDefault(range.split(), List.of()).get(range.index()), id);
      }
    }
    return Optional.empty();
  }

  private Optional<Bitmap> read(Shard shard, long id) throws IOException {
    ShardIndex index = shards.getIfPresent(shard.key());
    if (index == null) {
      index = ShardIndex.of(store, shard);
      shards.put(shard.key(), index);
    }
    OptionalInt row = index.row(id);
    return row.isPresent() ? Optional.of(index.read(store, row.getAsInt())) : Optional.empty();
  }

  private static Optional<Position> position(Opened data, int id) {
    for (SplitName split : SplitName.values()) {
      int index = Arrays.binarySearch(data.plan().ids().getOrDefault(split, new int[0]), id);
      if (index >= 0) {
        return Optional.of(new Position(split, index));
      }
    }
    return Optional.empty();
  }
}
