package io.tencrop.evaluator;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.evaluator.inference.EngineNetworks;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import io.tencrop.vision.engine.NetworkWeights;
import io.tencrop.vision.engine.TensorGroup.Content;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A checkpoint in the store with initial weights, those of another seed for each epoch. */
final class EpochWeights {
  final CheckpointRef checkpoint;
  final Map<String, float[]> values = new LinkedHashMap<>();

  EpochWeights(
      ObjectStore store,
      MessageCodec codec,
      RunSpec run,
      UUID runId,
      PreparedDataset dataset,
      int epoch)
      throws IOException, ArchitectureException {
    int side = run.input().crop();
    Network network =
        EngineNetworks.architecture(run)
            .network(
                ActivationShape.image(dataset.channels(), side, side), dataset.classes().size());
    NetworkWeights weights = NetworkWeights.initial(network, epoch);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < network.parameters().size(); i++) {
      add(network.parameters().get(i).name(), weights.parameters().get(i), entries);
    }
    for (int i = 0; i < network.buffers().size(); i++) {
      add(network.buffers().get(i).name(), weights.buffers().get(i), entries);
    }
    StoredObject stored =
        store.putByContent(
            Buckets.CHECKPOINTS,
            Buckets::weights,
            out -> {
              try (SafetensorsWriter writer = new SafetensorsWriter(out, entries, Map.of())) {
                for (float[] tensor : values.values()) {
                  writer.write(bytes(tensor));
                }
              }
            });
    StoredFile file = new StoredFile(stored.key(), stored.sha256(), stored.bytes());
    byte[] manifest =
        codec.encode(
            new CheckpointManifest(
                1,
                runId,
                run,
                dataset.id(),
                null,
                epoch,
                epoch,
                null,
                "another engine",
                List.of("another engine"),
                file,
                file,
                null));
    String id = Digests.sha256(manifest);
    store.putIfAbsent(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), manifest);
    checkpoint = new CheckpointRef(id, epoch, epoch, stored.sha256());
  }

  private void add(String name, Content content, List<Entry> entries) {
    entries.add(new Entry(name, TensorType.F32, content.shape()));
    values.put(name, floats(content.values().duplicate()));
  }

  /** A checkpoint's tensors by name. */
  static Map<String, float[]> read(ObjectStore store, CheckpointRef checkpoint) throws IOException {
    String sha256 = checkpoint.weightsSha256();
    Path file = Files.createTempFile(Path.of("target"), "weights-", ".safetensors");
    Files.write(file, store.get(Buckets.CHECKPOINTS, Buckets.weights(sha256), sha256));
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      Map<String, float[]> tensors = new LinkedHashMap<>();
      for (String name : open.header().tensors().keySet()) {
        tensors.put(name, floats(open.data(name).asFloatBuffer()));
      }
      return tensors;
    } finally {
      Files.delete(file);
    }
  }

  private static float[] floats(FloatBuffer buffer) {
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static ByteBuffer bytes(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }
}
