package io.tencrop.evaluator.checkpoint;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.storage.ObjectStore;
import java.io.IOException;

/** The manifests of runs' checkpoints in the object store. */
public final class CheckpointManifests {
  private final ObjectStore store;
  private final MessageCodec codec;

  CheckpointManifests(ObjectStore store, MessageCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /**
   * The manifest, checked against its digest.
   *
   * @param id hex SHA-256 of the manifest
   * @throws io.tencrop.storage.ObjectMissingException when there is none
   * @throws MessageFormatException when this version cannot read it
   */
  public CheckpointManifest read(String id) throws IOException, MessageFormatException {
    byte[] json = store.get(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), id);
    return codec.decode(json, CheckpointManifest.class);
  }
}
