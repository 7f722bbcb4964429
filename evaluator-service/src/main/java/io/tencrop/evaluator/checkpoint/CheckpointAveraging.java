package io.tencrop.evaluator.checkpoint;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.AverageCheckpoints;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import io.tencrop.vision.engine.EngineHost;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.weights.WeightAverage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Averages the weights of a run's checkpoints and keeps the result as a checkpoint of its own:
 * weights, manifest last. Done again, the same engine makes the same bytes.
 */
public final class CheckpointAveraging {
  private final ObjectStore store;
  private final FileCache cache;
  private final MessageCodec codec;
  private final CheckpointManifests manifests;
  private final BatchNormPass batchNorms;

  CheckpointAveraging(
      ObjectStore store,
      FileCache cache,
      MessageCodec codec,
      CheckpointManifests manifests,
      BatchNormPass batchNorms) {
    this.store = store;
    this.cache = cache;
    this.codec = codec;
    this.manifests = manifests;
    this.batchNorms = batchNorms;
  }

  /**
   * The average as a checkpoint.
   *
   * @throws PermanentFailureException when the checkpoints cannot be averaged
   * @throws InterruptedException when this replica stops; nothing is lost but time
   */
  public CheckpointRef average(AverageCheckpoints request)
      throws IOException, InterruptedException {
    CheckpointRef last = request.checkpoints().get(request.checkpoints().size() - 1);
    CheckpointManifest lastManifest = manifest(last);
    Path file = Files.createTempFile("tencrop-average-", ".safetensors");
    try {
      write(request, file);
      Map<String, ByteBuffer> statistics =
          batchNorms.statistics(request.run(), request.dataset(), file);
      StoredObject weights;
      try (SafetensorsFile average = SafetensorsFile.open(file)) {
        weights =
            store.putByContent(
                Buckets.CHECKPOINTS,
                Buckets::weights,
                out -> WeightAverage.write(List.of(average), statistics, out));
      }
      byte[] manifest =
          codec.encode(manifest(request, lastManifest, weights, !statistics.isEmpty()));
      String id = Digests.sha256(manifest);
      store.putIfAbsent(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), manifest);
      return new CheckpointRef(
          id, last.step(), last.epoch(), weights.sha256(), request.checkpoints().size());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void write(AverageCheckpoints request, Path file) throws IOException {
    List<FileCache.Lease> leases = new ArrayList<>();
    List<SafetensorsFile> files = new ArrayList<>();
    try {
      for (CheckpointRef checkpoint : request.checkpoints()) {
        String weights = checkpoint.weightsSha256();
        FileCache.Lease lease =
            cache.acquire(store, Buckets.CHECKPOINTS, Buckets.weights(weights), weights);
        leases.add(lease);
        files.add(SafetensorsFile.open(lease.path()));
      }
      WeightAverage.write(files, Map.of(), Files.newOutputStream(file));
    } finally {
      for (SafetensorsFile open : files) {
        open.close();
      }
      for (FileCache.Lease lease : leases) {
        lease.close();
      }
    }
  }

  /** An engine has a part in it only where it computed statistics. */
  private static CheckpointManifest manifest(
      AverageCheckpoints request, CheckpointManifest last, StoredObject weights, boolean computed) {
    List<String> engines = new ArrayList<>(last.engines());
    String engine = computed ? EngineHost.description() : last.engine();
    if (!engines.contains(engine)) {
      engines.add(engine);
    }
    return new CheckpointManifest(
        last.formatVersion(),
        request.runId(),
        request.run(),
        request.dataset().id(),
        null,
        last.step(),
        last.epoch(),
        null,
        engine,
        engines,
        new StoredFile(weights.key(), weights.sha256(), weights.bytes()),
        null,
        request.checkpoints().stream().map(CheckpointRef::id).toList());
  }

  private CheckpointManifest manifest(CheckpointRef checkpoint) throws IOException {
    try {
      return manifests.read(checkpoint.id());
    } catch (MessageFormatException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "The manifest %s/%s cannot be read by this version: %s. Submit the experiment again."
              .formatted(
                  Buckets.CHECKPOINTS, Buckets.checkpointManifest(checkpoint.id()), e.getMessage()),
          e);
    }
  }
}
