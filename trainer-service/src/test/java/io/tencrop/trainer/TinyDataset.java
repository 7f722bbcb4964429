package io.tencrop.trainer;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.PreparedManifest.Shard;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ShardWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A few grey images of noise in three brightnesses, prepared and stored as the dataset service
 * does.
 */
final class TinyDataset {
  static final int SIDE = 36;

  private TinyDataset() {}

  /** The bytes of a shard whose images depend on {@code seed} alone. */
  static byte[] shard(int images, long seed) throws IOException {
    return shard(images, seed, 0);
  }

  /** Another variant of the same images is a little brighter. */
  static byte[] shard(int images, long seed, int variant) throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ShardWriter writer = new ShardWriter(out, images, SIDE, SIDE, 1)) {
      for (int i = 0; i < images; i++) {
        int label = random.nextInt(3);
        byte[] pixels = new byte[SIDE * SIDE];
        random.nextBytes(pixels);
        for (int p = 0; p < pixels.length; p++) {
          pixels[p] = (byte) ((pixels[p] & 0x7f) + 60 * label + 5 * variant);
        }
        writer.add(new Bitmap(SIDE, SIDE, 1, pixels), label, i);
      }
    }
    return out.toByteArray();
  }

  /** Stores 200 images to train on in two shards, and 40 to validate. */
  static PreparedDataset store(ObjectStore store, String id) throws IOException {
    return store(store, id, 0);
  }

  /** As {@link #store(ObjectStore, String)}, with other images for each seed. */
  static PreparedDataset store(ObjectStore store, String id, long seed) throws IOException {
    Map<SplitName, List<Shard>> shards =
        Map.of(
            SplitName.TRAIN,
            List.of(
                put(store, id, SplitName.TRAIN, 0, 120, seed, 0),
                put(store, id, SplitName.TRAIN, 1, 80, seed, 0)),
            SplitName.VALIDATION,
            List.of(put(store, id, SplitName.VALIDATION, 0, 40, seed, 0)));
    return store(store, id, null, shards);
  }

  /** Stores each of 200 images to train on in two variants, and 40 to validate. */
  static PreparedDataset storeVariants(ObjectStore store, String id) throws IOException {
    Map<SplitName, List<Shard>> shards =
        Map.of(
            SplitName.TRAIN,
            List.of(
                put(store, id, SplitName.TRAIN, 0, 200, 0, 0),
                put(store, id, SplitName.TRAIN, 1, 200, -1, 1)),
            SplitName.VALIDATION,
            List.of(put(store, id, SplitName.VALIDATION, 0, 40, 0, 0)));
    return store(store, id, new ShardAugmentSpec(2, List.of(), 42), shards);
  }

  private static Shard put(
      ObjectStore store, String id, SplitName split, int index, int images, long seed, int variant)
      throws IOException {
    String key = Buckets.shard(id, split.label(), index);
    byte[] bytes = shard(images, seed + split.ordinal() * 100L + index, variant);
    StoredObject object = store.put(Buckets.DATASETS, key, new ByteArrayInputStream(bytes));
    return new Shard(key, object.sha256(), object.bytes(), images, variant);
  }

  private static PreparedDataset store(
      ObjectStore store,
      String id,
      @Nullable ShardAugmentSpec augment,
      Map<SplitName, List<Shard>> shards)
      throws IOException {
    PreparedManifest manifest =
        new PreparedManifest(
            1,
            id,
            "tiny",
            "0",
            new ShardPreparation(SIDE, 1, SplitSpec.of(true, null, 0.1, null, 1L, null), augment),
            List.of("a", "b", "c"),
            1,
            SIDE,
            SIDE,
            shards,
            RejectedImages.NONE,
            null,
            null);
    byte[] json = new MessageCodec().encode(manifest);
    store.putIfAbsent(Buckets.DATASETS, Buckets.preparedManifest(id), json);
    return Segments.dataset(id, Digests.sha256(json));
  }
}
