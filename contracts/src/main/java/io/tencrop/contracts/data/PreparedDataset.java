package io.tencrop.contracts.data;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.spec.Normalization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prepared data set as messages name it.
 *
 * @param id hex SHA-256 over (source digest, shard preparation, format version)
 * @param manifestSha256 of the bytes at {@code Buckets.preparedManifest(id)}
 * @param classes names, in the order of the labels
 * @param height of the stored images, in pixels
 * @param width of the stored images, in pixels
 * @param counts images per split
 * @param normalization mean and standard deviation of the training images; absent when it was
 *     prepared by an earlier version
 * @param notes sentences about what is out of the ordinary: images that are in two splits
 */
public record PreparedDataset(
    String id,
    String manifestSha256,
    List<String> classes,
    int channels,
    int height,
    int width,
    Map<SplitName, Long> counts,
    @Nullable Normalization normalization,
    List<String> notes) {
  public PreparedDataset {
    classes = List.copyOf(classes);
    counts = Map.copyOf(counts);
    // Messages and rows of before do not have them.
    notes = notes == null ? List.of() : List.copyOf(notes);
  }
}
