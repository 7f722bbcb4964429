package io.tencrop.evaluator.prediction;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.WeightsManifest;
import io.tencrop.evaluator.prediction.PredictionException.Reason;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Checkpoints by their id: all that is to know of them is in the object store. */
final class TrainedModels {
  private final ObjectStore store;
  private final MessageCodec codec;

  TrainedModels(ObjectStore store, MessageCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /**
   * The checkpoint.
   *
   * @param id hex SHA-256 of its manifest
   * @throws PredictionException when there is none, or its weights were uploaded, or its data is
   *     gone
   */
  TrainedModel find(String id) throws IOException, PredictionException {
    CheckpointManifest manifest = manifest(id);
    String key = Buckets.preparedManifest(manifest.preparedId());
    try {
      byte[] json = store.get(Buckets.DATASETS, key);
      PreparedManifest prepared = decode(json, PreparedManifest.class, key);
      return new TrainedModel(
          id, manifest, dataset(prepared, Digests.sha256(json)), prepared.preparation());
    } catch (ObjectMissingException e) {
      throw new PredictionException(
          Reason.UNABLE,
          "The prepared data set %s that the checkpoint was trained on is not in the object store any more, which knew its classes and how images are prepared. Prepare it again by submitting the experiment again."
              .formatted(manifest.preparedId()),
          e);
    }
  }

  private CheckpointManifest manifest(String id) throws IOException, PredictionException {
    String key = Buckets.checkpointManifest(id);
    byte[] json;
    try {
      json = store.get(Buckets.CHECKPOINTS, key, id);
    } catch (ObjectMissingException e) {
      throw new PredictionException(Reason.UNKNOWN, "There is no checkpoint %s.".formatted(id), e);
    }
    if (decode(json, WeightsManifest.class, key).run() == null) {
      throw new PredictionException(
          Reason.UNABLE,
          "The weights %s were uploaded, so nothing tells their classes and how images are prepared for them. Checkpoints of runs can predict: start a run from these weights."
              .formatted(id));
    }
    return decode(json, CheckpointManifest.class, key);
  }

  private static PreparedDataset dataset(PreparedManifest manifest, String sha256) {
    Map<SplitName, Long> counts = new EnumMap<>(SplitName.class);
    for (SplitName split : SplitName.values()) {
      counts.put(
          split,
          manifest.shards(split, 0).stream().mapToLong(PreparedManifest.Shard::images).sum());
    }
    return new PreparedDataset(
        manifest.id(),
        sha256,
        manifest.classes(),
        manifest.channels(),
        manifest.height(),
        manifest.width(),
        counts,
        null,
        List.of());
  }

  private <T> T decode(byte[] json, Class<T> type, String key) throws PredictionException {
    try {
      return codec.decode(json, type);
    } catch (MessageFormatException e) {
      throw new PredictionException(
          Reason.UNABLE,
          "The object %s cannot be read by this version: %s.".formatted(key, e.getMessage()),
          e);
    }
  }
}
