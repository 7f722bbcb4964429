package io.tencrop.trainer;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.WeightsManifest;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectCorruptException;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.ShardFormatException;
import io.tencrop.vision.data.ShardedImages;
import io.tencrop.vision.data.VariantImages;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.training.TrainingImages;
import io.tencrop.vision.training.TrainingSession;
import io.tencrop.vision.training.TrainingSettings;
import io.tencrop.vision.weights.WeightsMisfitException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens runs from what lies in the object store: shards and checkpoints, each checked against the
 * digest that names it, through a local cache.
 */
final class StoredRuns implements RunOpener {
  private static final Logger LOG = LoggerFactory.getLogger(StoredRuns.class);

  private final ObjectStore store;
  private final FileCache cache;
  private final MessageCodec codec;
  private final TeacherFiles teachers;

  StoredRuns(ObjectStore store, FileCache cache, MessageCodec codec) {
    this.store = store;
    this.cache = cache;
    this.codec = codec;
    this.teachers = new TeacherFiles(store, cache);
  }

  @Override
  public RunInTraining open(TrainSegment segment) throws IOException {
    check(segment);
    OpenResources resources = new OpenResources();
    try {
      TrainingSettings settings =
          VisionSettings.of(segment.run(), segment.dataset().classes().size());
      return open(segment, settings, resources);
    } catch (ArchitectureException e) {
      resources.close();
      throw new PermanentFailureException(
          FailureCode.ARCHITECTURE_INVALID,
          "Run %s cannot be trained: %s.".formatted(segment.run().name(), e.getMessage()),
          e);
    } catch (ObjectMissingException
        | ObjectCorruptException
        | SafetensorsFormatException
        | ShardFormatException e) {
      resources.close();
      throw corrupt(segment, e);
    } catch (IOException | RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  /** What only the prepared data shows of a spec that is right in itself. */
  private static void check(TrainSegment segment) {
    String run = segment.run().name();
    int classes = segment.dataset().classes().size();
    if (segment.run().training().loss().type() == LossSpec.Type.BINARY_CROSS_ENTROPY
        && classes != 2) {
      throw new PermanentFailureException(
          FailureCode.ARCHITECTURE_INVALID,
          "Run %s: binaryCrossEntropy tells 2 classes apart, the data set has %d. Use crossEntropy."
              .formatted(run, classes));
    }
    if (segment.dataset().counts().getOrDefault(SplitName.TRAIN, 0L) == 0) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "Run %s: the split leaves no images to train on. Give the train part a larger share."
              .formatted(run));
    }
  }

  private RunInTraining open(
      TrainSegment segment, TrainingSettings settings, OpenResources resources)
      throws IOException, ArchitectureException {
    PreparedManifest manifest = manifest(segment.dataset());
    checkAugment(segment, settings, manifest);
    ImageSet train = trainingImages(manifest, resources);
    ImageSet validation = images(manifest, SplitName.VALIDATION, 0, resources);
    TrainingImages images = teachers.taught(segment.run(), settings, train, validation);
    CheckpointRef parent = segment.parent();
    if (parent == null) {
      TrainingSession session = resources.add(start(segment.run(), settings, images));
      return new SessionRun(session, resources, List.of(session.engine()));
    }
    CheckpointManifest head = checkpoint(parent);
    TrainingSession session = resources.add(resume(head, settings, images));
    return new SessionRun(session, resources, enginesAfter(head, session.engine()));
  }

  private static List<String> enginesAfter(CheckpointManifest head, String engine) {
    if (!engine.equals(head.engine())) {
      LOG.warn(
          "{} goes on with {} from step {}, which {} made: the weights will agree only within rounding with those of one engine",
          head.run().name(),
          engine,
          head.step(),
          head.engine());
    }
    return Stream.concat(head.engines().stream(), Stream.of(engine)).distinct().toList();
  }

  private static void checkAugment(
      TrainSegment segment, TrainingSettings settings, PreparedManifest manifest) {
    try {
      settings.input().checkAugment(manifest.height(), manifest.width());
    } catch (IllegalArgumentException e) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "Run %s cannot be trained: %s.".formatted(segment.run().name(), e.getMessage()),
          e);
    }
  }

  private PreparedManifest manifest(PreparedDataset dataset) throws IOException {
    String key = Buckets.preparedManifest(dataset.id());
    byte[] json = store.get(Buckets.DATASETS, key, dataset.manifestSha256());
    return decode(json, PreparedManifest.class, Buckets.DATASETS, key);
  }

  private ImageSet trainingImages(PreparedManifest manifest, OpenResources resources)
      throws IOException {
    List<ImageSet> variants = new ArrayList<>();
    for (int i = 0; i < manifest.preparation().variants(); i++) {
      variants.add(images(manifest, SplitName.TRAIN, i, resources));
    }
    return variants.size() == 1 ? variants.get(0) : new VariantImages(variants);
  }

  private ImageSet images(
      PreparedManifest manifest, SplitName split, int variant, OpenResources resources)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (PreparedManifest.Shard shard : manifest.shards(split, variant)) {
      FileCache.Lease lease =
          resources.add(cache.acquire(store, Buckets.DATASETS, shard.key(), shard.sha256()));
      files.add(lease.path());
    }
    return files.isEmpty()
        ? new NoImages(manifest.channels(), manifest.height(), manifest.width())
        : resources.add(ShardedImages.open(files));
  }

  private CheckpointManifest checkpoint(CheckpointRef ref) throws IOException {
    String key = Buckets.checkpointManifest(ref.id());
    byte[] json = store.get(Buckets.CHECKPOINTS, key, ref.id());
    return decode(json, CheckpointManifest.class, Buckets.CHECKPOINTS, key);
  }

  private TrainingSession start(RunSpec run, TrainingSettings settings, TrainingImages images)
      throws IOException, ArchitectureException {
    String checkpoint = run.training().initialWeights();
    if (checkpoint == null) {
      return TrainingSession.start(settings, images);
    }
    String key = Buckets.checkpointManifest(checkpoint);
    try {
      byte[] json = store.get(Buckets.CHECKPOINTS, key, checkpoint);
      WeightsManifest manifest = decode(json, WeightsManifest.class, Buckets.CHECKPOINTS, key);
      try (FileCache.Lease weights = acquire(manifest.weights())) {
        return TrainingSession.start(settings, images, weights.path());
      }
    } catch (ObjectMissingException | ObjectCorruptException | WeightsMisfitException e) {
      throw new PermanentFailureException(
          FailureCode.INITIAL_WEIGHTS_INVALID,
          "Run %s cannot start from checkpoint %s: %s."
              .formatted(run.name(), checkpoint, e.getMessage()),
          e);
    }
  }

  private TrainingSession resume(
      CheckpointManifest manifest, TrainingSettings settings, TrainingImages images)
      throws IOException, ArchitectureException {
    try (FileCache.Lease weights = acquire(manifest.weights());
        FileCache.Lease optimizerState =
            acquire(
                Objects.requireNonNull(
                    manifest.optimizerState(), "a segment starts where another ended"))) {
      return TrainingSession.resume(settings, images, weights.path(), optimizerState.path());
    }
  }

  private FileCache.Lease acquire(CheckpointManifest.StoredFile file) throws IOException {
    return cache.acquire(store, Buckets.CHECKPOINTS, file.key(), file.sha256());
  }

  private <T> T decode(byte[] json, Class<T> type, String bucket, String key) {
    try {
      return codec.decode(json, type);
    } catch (MessageFormatException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "Object %s/%s cannot be read by this version: %s".formatted(bucket, key, e.getMessage()),
          e);
    }
  }

  private static PermanentFailureException corrupt(TrainSegment segment, IOException cause) {
    return new PermanentFailureException(
        FailureCode.OBJECT_CORRUPT,
        ("Run %s cannot go on: %s. If it is a shard, remove %s from bucket %s and submit the experiment"
                + " again, so that the data is prepared anew; otherwise submit the experiment again.")
            .formatted(
                segment.run().name(),
                cause.getMessage(),
                Buckets.preparedManifest(segment.dataset().id()),
                Buckets.DATASETS),
        cause);
  }
}
