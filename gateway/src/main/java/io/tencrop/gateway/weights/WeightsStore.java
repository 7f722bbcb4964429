package io.tencrop.gateway.weights;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.api.WeightsView;
import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.WeightsManifest;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.gateway.spec.KnownWeights;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.safetensors.SafetensorsHeader;
import io.tencrop.vision.safetensors.TensorInfo;
import io.tencrop.vision.script.ModelExport;
import io.tencrop.vision.weights.WeightsFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Weights in the object store by the id of their checkpoint, the SHA-256 of a manifest. Every
 * method that reads throws an {@link IOException} when the object store is away or what is in it is
 * damaged.
 */
public final class WeightsStore implements KnownWeights {
  private static final int FORMAT_VERSION = 1;

  private final ObjectStore store;
  private final FileCache cache;
  private final MessageCodec codec;

  public WeightsStore(ObjectStore store, FileCache cache, MessageCodec codec) {
    this.store = store;
    this.cache = cache;
    this.codec = codec;
  }

  /** The manifest of this checkpoint; empty when there is none. */
  public Optional<WeightsManifest> find(String id) throws IOException {
    if (!Digests.isSha256(id)) {
      return Optional.empty();
    }
    String key = Buckets.checkpointManifest(id);
    try {
      return Optional.of(
          decode(store.get(Buckets.CHECKPOINTS, key, id), WeightsManifest.class, key));
    } catch (ObjectMissingException e) {
      return Optional.empty();
    }
  }

  /** What they are. */
  public WeightsView describe(String id, WeightsManifest manifest) throws IOException {
    Collection<TensorInfo> tensors = header(manifest.weights()).tensors().values();
    RunSpec run = manifest.run();
    return new WeightsView(
        id,
        manifest.weights().sha256(),
        manifest.weights().bytes(),
        tensors.size(),
        tensors.stream().mapToLong(TensorInfo::elements).sum(),
        manifest.runId(),
        run == null ? null : run.architecture());
  }

  @Override
  public Optional<Map<String, List<Long>>> shapes(String id) throws IOException {
    Optional<WeightsManifest> manifest = find(id);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<Long>> shapes = new TreeMap<>();
    header(manifest.get().weights())
        .tensors()
        .forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return Optional.of(shapes);
  }

  /** The header alone is fetched: it says how long it is. */
  private SafetensorsHeader header(StoredFile weights) throws IOException {
    long length;
    try (InputStream in = store.open(Buckets.CHECKPOINTS, weights.key(), 0, Long.BYTES)) {
      byte[] prefix = in.readNBytes(Long.BYTES);
      length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
    long end = Math.max(Long.BYTES, Math.min(weights.bytes(), Long.BYTES + length));
    try (InputStream in =
        new BufferedInputStream(store.open(Buckets.CHECKPOINTS, weights.key(), 0, end))) {
      return SafetensorsHeader.read(in, weights.bytes());
    }
  }

  /** Writes {@code length} bytes of the weights file from {@code from} on. */
  public void copy(StoredFile weights, long from, long length, OutputStream out)
      throws IOException {
    try (InputStream in = store.open(Buckets.CHECKPOINTS, weights.key(), from, length)) {
      in.transferTo(out);
    }
  }

  /**
   * Keeps weights that were uploaded, as float32 in the order of their names. The same weights have
   * the same id, whatever file they came in.
   */
  public String keep(WeightsFile weights) throws IOException {
    store.ensureBuckets(List.of(Buckets.CHECKPOINTS));
    StoredObject kept =
        store.putByContent(Buckets.CHECKPOINTS, Buckets::weights, weights::writeSafetensors);
    byte[] manifest =
        codec.encode(
            WeightsManifest.uploaded(
                FORMAT_VERSION, new StoredFile(kept.key(), kept.sha256(), kept.bytes())));
    String id = Digests.sha256(manifest);
    store.putIfAbsent(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), manifest);
    return id;
  }

  /**
   * The checkpoint of a run as a TorchScript model.
   *
   * @throws NotExportableException when it does not say what is needed for that
   */
  public ExportedModel model(String id, WeightsManifest manifest)
      throws IOException, NotExportableException {
    RunSpec run = manifest.run();
    String preparedId = manifest.preparedId();
    UUID runId = manifest.runId();
    if (run == null || preparedId == null || runId == null) {
      throw new NotExportableException(
          "The weights were uploaded, so nothing tells their classes and normalization. Only checkpoints of runs can be exported as TorchScript; uploaded weights as safetensors.");
    }
    PreparedManifest dataset = dataset(preparedId);
    Normalization normalize = run.input().normalize();
    ModelExport export =
        new ModelExport(
            network(run, dataset),
            normalize == null ? List.of() : normalize.mean(),
            normalize == null ? List.of() : normalize.std(),
            dataset.classes());
    byte[] about =
        codec.encode(
            new ModelFacts(
                id,
                runId,
                run,
                manifest.weights().sha256(),
                dataset.dataset(),
                dataset.classes(),
                export.network().input().sizes()));
    return new ExportedModel(export, Map.of(ModelFacts.FILE, about), () -> lease(manifest));
  }

  private FileCache.Lease lease(WeightsManifest manifest) throws IOException {
    StoredFile weights = manifest.weights();
    return cache.acquire(store, Buckets.CHECKPOINTS, weights.key(), weights.sha256());
  }

  private PreparedManifest dataset(String preparedId) throws IOException, NotExportableException {
    String key = Buckets.preparedManifest(preparedId);
    try {
      return decode(store.get(Buckets.DATASETS, key), PreparedManifest.class, key);
    } catch (ObjectMissingException e) {
      throw new NotExportableException(
          "The prepared data set %s that it was trained on is not in the object store any more, which knew the classes. Export the weights as safetensors."
              .formatted(preparedId));
    }
  }

  private static Network network(RunSpec run, PreparedManifest dataset)
      throws NotExportableException {
    Integer crop = run.input().crop();
    int classes = dataset.classes().size();
    boolean binary = run.training().loss().type() == LossSpec.Type.BINARY_CROSS_ENTROPY;
    try {
      return Architectures.create(run.architecture().name(), run.architecture().options())
          .network(
              ActivationShape.image(
                  dataset.channels(),
                  crop == null ? dataset.height() : crop,
                  crop == null ? dataset.width() : crop),
              binary ? 1 : classes);
    } catch (ArchitectureException e) {
      throw new NotExportableException(
          "This version cannot build the network %s any more: %s."
              .formatted(run.architecture().name(), e.getMessage()));
    }
  }

  private <T> T decode(byte[] json, Class<T> type, String key) throws IOException {
    try {
      return codec.decode(json, type);
    } catch (MessageFormatException e) {
      throw new IOException(
          "object %s cannot be read by this version: %s".formatted(key, e.getMessage()), e);
    }
  }
}
