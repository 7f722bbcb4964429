package io.tencrop.evaluator.prediction;

import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.ShardPreparation;

/**
 * A checkpoint of a run, with what is known of the data that it was trained on.
 *
 * @param checkpointId hex SHA-256 of the manifest
 * @param preparation how images of the source became stored ones
 */
record TrainedModel(
    String checkpointId,
    CheckpointManifest manifest,
    PreparedDataset dataset,
    ShardPreparation preparation) {

  /** The checkpoint as messages name it. */
  CheckpointRef checkpoint() {
    return new CheckpointRef(
        checkpointId, manifest.step(), manifest.epoch(), manifest.weights().sha256());
  }
}
