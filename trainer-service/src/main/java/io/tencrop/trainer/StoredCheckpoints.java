package io.tencrop.trainer;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import java.io.IOException;

/** Checkpoints in the object store, named by content: weights, optimizer state, manifest last. */
final class StoredCheckpoints implements Checkpoints {
  private static final int FORMAT_VERSION = 1;

  private final ObjectStore store;
  private final MessageCodec codec;

  StoredCheckpoints(ObjectStore store, MessageCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  @Override
  public CheckpointRef keep(TrainSegment segment, Moment moment) throws IOException {
    StoredObject weights =
        store.putByContent(Buckets.CHECKPOINTS, Buckets::weights, moment.snapshot()::writeWeights);
    StoredObject optimizerState =
        store.putByContent(
            Buckets.CHECKPOINTS, Buckets::optimizerState, moment.snapshot()::writeOptimizerState);
    CheckpointRef parent = segment.parent();
    byte[] manifest =
        codec.encode(
            new CheckpointManifest(
                FORMAT_VERSION,
                segment.runId(),
                segment.run(),
                segment.dataset().id(),
                parent == null ? null : parent.id(),
                moment.snapshot().step(),
                moment.epoch(),
                moment.metrics(),
                moment.engine(),
                moment.engines(),
                file(weights),
                file(optimizerState),
                null));
    String id = Digests.sha256(manifest);
    store.putIfAbsent(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), manifest);
    return new CheckpointRef(id, moment.snapshot().step(), moment.epoch(), weights.sha256());
  }

  private static StoredFile file(StoredObject object) {
    return new StoredFile(object.key(), object.sha256(), object.bytes());
  }
}
