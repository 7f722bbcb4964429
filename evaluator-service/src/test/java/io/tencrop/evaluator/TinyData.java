package io.tencrop.evaluator;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.PreparedManifest.Shard;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ShardWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A prepared data set of noise, grey, with three classes. */
public final class TinyData {
  public static final int SIDE = 12;
  public static final int CLASSES = 3;
  public static final SplitSpec SPLIT = new SplitSpec(true, null, 0.1, null, 42);
  private static final ShardPreparation SQUARES = new ShardPreparation(SIDE, 1, SPLIT, null);
  private static final int PER_SHARD = 50;

  /** One image as it is stored. */
  public record Image(Bitmap pixels, int label, long id) {}

  public final Map<SplitName, List<Image>> images = new EnumMap<>(SplitName.class);
  public final PreparedDataset prepared;
  private final int side;

  /**
   * Writes one with images of 12x12 to the store.
   *
   * @param id any; the images are the same for each
   */
  public TinyData(ObjectStore store, MessageCodec codec, String id, int validation, int test)
      throws IOException {
    this(store, codec, id, noise(validation, test, SIDE), SQUARES);
  }

  /** The same with images of {@code side} x {@code side}. */
  public TinyData(
      ObjectStore store, MessageCodec codec, String id, int validation, int test, int side)
      throws IOException {
    this(
        store,
        codec,
        id,
        noise(validation, test, side),
        new ShardPreparation(side, 1, SPLIT, null));
  }

  /** One with 20 images to validate and to test with, and so many to train on. */
  static TinyData withTraining(ObjectStore store, MessageCodec codec, String id, int train)
      throws IOException {
    Map<SplitName, List<Image>> images = noise(20, 20, SIDE);
    images.put(SplitName.TRAIN, noise(new Random(8), 3000, train, SIDE));
    return new TinyData(store, codec, id, images, SQUARES);
  }

  /**
   * Writes images to the store.
   *
   * @param preparation how they came to be
   */
  public TinyData(
      ObjectStore store,
      MessageCodec codec,
      String id,
      Map<SplitName, List<Image>> images,
      ShardPreparation preparation)
      throws IOException {
    this.images.putAll(images);
    side =
        images.values().stream()
            .flatMap(List::stream)
            .map(image -> image.pixels().height())
            .findFirst()
            .orElse(SIDE);
    Map<SplitName, List<Shard>> shards = new EnumMap<>(SplitName.class);
    Map<SplitName, Long> counts = new EnumMap<>(SplitName.class);
    shards.put(SplitName.TRAIN, List.of());
    counts.put(SplitName.TRAIN, 0L);
    for (SplitName split : images.keySet()) {
      counts.put(split, (long) images.get(split).size());
      shards.put(split, write(store, id, split));
    }
    PreparedManifest manifest =
        new PreparedManifest(
            1,
            id,
            "noise",
            "0".repeat(64),
            preparation,
            List.of("a", "b", "c"),
            1,
            side,
            side,
            shards,
            RejectedImages.NONE,
            null,
            null);
    StoredObject stored =
        store.putIfAbsent(Buckets.DATASETS, Buckets.preparedManifest(id), codec.encode(manifest));
    prepared =
        new PreparedDataset(
            id,
            stored.sha256(),
            manifest.classes(),
            1,
            side,
            side,
            Map.copyOf(counts),
            null,
            List.of());
  }

  private static Map<SplitName, List<Image>> noise(int validation, int test, int side) {
    Random random = new Random(7);
    Map<SplitName, List<Image>> images = new EnumMap<>(SplitName.class);
    images.put(SplitName.VALIDATION, noise(random, 1000, validation, side));
    images.put(SplitName.TEST, noise(random, 2000, test, side));
    return images;
  }

  private static List<Image> noise(Random random, long firstId, int count, int side) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[side * side];
      random.nextBytes(pixels);
      images.add(
          new Image(new Bitmap(side, side, 1, pixels), random.nextInt(CLASSES), firstId + i));
    }
    return images;
  }

  private List<Shard> write(ObjectStore store, String id, SplitName split) throws IOException {
    List<Shard> shards = new ArrayList<>();
    List<Image> all = images.get(split);
    for (int from = 0; from < all.size(); from += PER_SHARD) {
      List<Image> part = all.subList(from, Math.min(from + PER_SHARD, all.size()));
      String key = Buckets.shard(id, split.label(), shards.size());
      StoredObject stored =
          store.putByContent(
              Buckets.DATASETS,
              sha256 -> key,
              out -> {
                try (ShardWriter writer = new ShardWriter(out, part.size(), side, side, 1)) {
                  for (Image image : part) {
                    writer.add(image.pixels(), image.label(), image.id());
                  }
                }
              });
      shards.add(new Shard(key, stored.sha256(), stored.bytes(), part.size(), 0));
    }
    return shards;
  }
}
