package io.tencrop.contracts.data;

import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as messages name it.
 *
 * @param id hex SHA-256 of the manifest at {@code Buckets.checkpointManifest(id)}
 * @param step optimizer updates so far
 * @param epoch whole epochs so far
 * @param weightsSha256 of the weights file
 * @param averagedEpochs of how many epochs, this one the last, the weights are the mean (SWA);
 *     absent: as they were trained
 */
public record CheckpointRef(
    String id, long step, int epoch, String weightsSha256, @Nullable Integer averagedEpochs) {
  /** Weights as they were trained. */
  public CheckpointRef(String id, long step, int epoch, String weightsSha256) {
    this(id, step, epoch, weightsSha256, null);
  }
}
