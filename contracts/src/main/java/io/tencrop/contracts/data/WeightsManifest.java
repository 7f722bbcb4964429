package io.tencrop.contracts.data;

import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.contracts.spec.RunSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of weights to use them. Of a {@link CheckpointManifest} it is a part; for
 * weights that were uploaded it is the whole manifest, and lies in the same place, named by its
 * SHA-256 as well.
 *
 * @param weights safetensors, float32, under torchvision's names
 * @param runId that trained them; absent when they were uploaded
 * @param run that trained them; absent when they were uploaded
 * @param preparedId of the data set that they were trained on; absent when they were uploaded
 */
public record WeightsManifest(
    int formatVersion,
    StoredFile weights,
    @Nullable UUID runId,
    @Nullable RunSpec run,
    @Nullable String preparedId) {
  /** Of weights that were uploaded. */
  public static WeightsManifest uploaded(int formatVersion, StoredFile weights) {
    return new WeightsManifest(formatVersion, weights, null, null, null);
  }
}
