package io.tencrop.contracts.data;

import io.tencrop.contracts.spec.RunSpec;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint is and where its files lie. Nothing in it depends on the clock.
 *
 * @param parent id of the checkpoint that the segment started from; absent at the first
 * @param step optimizer updates so far
 * @param epoch whole epochs so far
 * @param metrics of the epoch that ends here; absent within an epoch
 * @param engine that made the last step, with its device: {@code PyTorch 2.7.1 cpu}
 * @param engines that made the steps so far, each once, in the order in which they came in. More
 *     than one: the weights agree only within rounding with those that one alone would give
 * @param optimizerState absent where nothing can be trained on: of an average
 * @param averaged ids of the checkpoints whose mean the weights are (SWA), in the order of their
 *     epochs; absent: as they were trained
 */
public record CheckpointManifest(
    int formatVersion,
    UUID runId,
    RunSpec run,
    String preparedId,
    @Nullable String parent,
    long step,
    int epoch,
    @Nullable EpochMetrics metrics,
    String engine,
    List<String> engines,
    StoredFile weights,
    @Nullable StoredFile optimizerState,
    @Nullable List<String> averaged) {
  public CheckpointManifest {
    // Manifests of before do not have it.
    engines = engines == null ? List.of(engine) : List.copyOf(engines);
    averaged = averaged == null ? null : List.copyOf(averaged);
  }

  /** An object of the checkpoint bucket. */
  public record StoredFile(String key, String sha256, long bytes) {}
}
