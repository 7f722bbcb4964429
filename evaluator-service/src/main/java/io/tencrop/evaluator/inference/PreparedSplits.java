package io.tencrop.evaluator.inference;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.PreparedManifest.Shard;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.ShardedImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The images of prepared data sets, through the local cache. */
public final class PreparedSplits {
  private final ObjectStore store;
  private final FileCache cache;
  private final MessageCodec codec;

  public PreparedSplits(ObjectStore store, FileCache cache, MessageCodec codec) {
    this.store = store;
    this.cache = cache;
    this.codec = codec;
  }

  /** A split that is open for reading. */
  public static final class OpenSplit implements AutoCloseable {
    private final List<FileCache.Lease> leases;
    private final ShardedImages images;

    private OpenSplit(List<FileCache.Lease> leases, ShardedImages images) {
      this.leases = leases;
      this.images = images;
    }

    public ImageSet images() {
      return images;
    }

    @Override
    public void close() throws IOException {
      images.close();
      release(leases);
    }
  }

  /** How often each training image is stored. */
  public int variants(PreparedDataset dataset) throws IOException {
    return manifest(dataset).preparation().variants();
  }

  /**
   * Opens a split that is not empty. Manifest and shards are checked against their digests.
   *
   * @throws PermanentFailureException when the manifest says otherwise than {@code dataset}
   */
  public OpenSplit open(PreparedDataset dataset, SplitName split) throws IOException {
    return open(dataset, split, 0);
  }

  /**
   * Opens a split as one of the stored variants has it, from 0; only training images have others.
   *
   * @throws PermanentFailureException when the manifest says otherwise than {@code dataset}
   */
  public OpenSplit open(PreparedDataset dataset, SplitName split, int variant) throws IOException {
    List<Shard> shards = manifest(dataset).shards(split, variant);
    List<FileCache.Lease> leases = new ArrayList<>();
    try {
      List<Path> files = new ArrayList<>();
      for (Shard shard : shards) {
        FileCache.Lease lease = cache.acquire(store, Buckets.DATASETS, shard.key(), shard.sha256());
        leases.add(lease);
        files.add(lease.path());
      }
      if (files.isEmpty()) {
        throw mismatch(dataset, split, 0);
      }
      ShardedImages images = ShardedImages.open(files);
      if (images.size() != dataset.counts().getOrDefault(split, 0L)) {
        images.close();
        throw mismatch(dataset, split, images.size());
      }
      return new OpenSplit(leases, images);
    } catch (IOException | RuntimeException e) {
      release(leases);
      throw e;
    }
  }

  private PreparedManifest manifest(PreparedDataset dataset) throws IOException {
    String key = Buckets.preparedManifest(dataset.id());
    byte[] json = store.get(Buckets.DATASETS, key, dataset.manifestSha256());
    try {
      return codec.decode(json, PreparedManifest.class);
    } catch (MessageFormatException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "The manifest %s/%s cannot be read: %s. Delete it and submit the experiment again, so that the data is prepared anew."
              .formatted(Buckets.DATASETS, key, e.getMessage()),
          e);
    }
  }

  private static PermanentFailureException mismatch(
      PreparedDataset dataset, SplitName split, int images) {
    return new PermanentFailureException(
        FailureCode.OBJECT_CORRUPT,
        "The prepared data set %s should have %d %s images, but its shards have %d. Delete its manifest %s/%s and submit the experiment again, so that the data is prepared anew."
            .formatted(
                dataset.id(),
                dataset.counts().getOrDefault(split, 0L),
                split.label(),
                images,
                Buckets.DATASETS,
                Buckets.preparedManifest(dataset.id())));
  }

  private static void release(List<FileCache.Lease> leases) throws IOException {
    for (FileCache.Lease lease : leases) {
      lease.close();
    }
  }
}
