package io.tencrop.contracts.data;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.spec.ShardPreparation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a prepared data set, written after all its shards.
 *
 * @param formatVersion of the shards; part of the id
 * @param dataset the name that it was prepared under
 * @param sourceDigest hex SHA-256 of the source's content
 * @param shards per split, in order
 * @param rejected what of the source is in no shard
 * @param snapshotSha256 of the source's description in the bucket of uploads; absent when it was
 *     prepared by an earlier version
 * @param facts what showed when the images were read; absent likewise
 */
public record PreparedManifest(
    int formatVersion,
    String id,
    String dataset,
    String sourceDigest,
    ShardPreparation preparation,
    List<String> classes,
    int channels,
    int height,
    int width,
    Map<SplitName, List<Shard>> shards,
    RejectedImages rejected,
    @Nullable String snapshotSha256,
    @Nullable PreparedFacts facts) {
  // Manifests of a time before it have no such field.
  public PreparedManifest {
    rejected = rejected == null ? RejectedImages.NONE : rejected;
  }

  /**
   * One file: {@code images} U8 {@code [n, H, W, C]}, {@code labels} I32 {@code [n]}, {@code ids}
   * I64 {@code [n]}.
   *
   * @param key in the bucket of the data sets
   * @param images how many
   * @param variant of the training images, from 0; 0 in the other splits
   */
  public record Shard(String key, String sha256, long bytes, int images, int variant) {}

  /** The shards of a variant of a split, in order. */
  public List<Shard> shards(SplitName split, int variant) {
    return shards.getOrDefault(split, List.of()).stream()
        .filter(shard -> shard.variant() == variant)
        .toList();
  }
}
