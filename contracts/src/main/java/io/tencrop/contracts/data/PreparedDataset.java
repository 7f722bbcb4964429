package io.tencrop.contracts.data;

import io.tencrop.contracts.SplitName;
import java.util.List;
import java.util.Map;

/**
 * A prepared data set as messages name it.
 *
 * @param id hex SHA-256 over (source digest, shard preparation, format version)
 * @param manifestSha256 of the bytes at {@code Buckets.preparedManifest(id)}
 * @param classes names, in the order of the labels
 * @param height of the stored images, in pixels
 * @param width of the stored images, in pixels
 * @param counts images per split
 */
public record PreparedDataset(
    String id,
    String manifestSha256,
    List<String> classes,
    int channels,
    int height,
    int width,
    Map<SplitName, Long> counts) {
  public PreparedDataset {
    classes = List.copyOf(classes);
    counts = Map.copyOf(counts);
  }
}
