package io.tencrop.dataset.preparation;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.event.PrepareShard;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.dataset.preparation.Plan.ShardRange;
import io.tencrop.dataset.preparation.Preparations.Progress;
import io.tencrop.dataset.preparation.Preparations.State;
import io.tencrop.dataset.preparation.Preparations.Work;
import io.tencrop.dataset.source.SourceImages;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.dataset.source.Sources;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.messaging.WorkHandler;
import io.tencrop.storage.ObjectConflictException;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a shard, with the other variants of its images; and after the last one the manifest, and
 * the answers.
 */
public final class ShardHandler implements WorkHandler<PrepareShard> {
  private static final Logger LOG = LoggerFactory.getLogger(ShardHandler.class);

  private final Sources sources;
  private final Preparations preparations;
  private final ObjectStore store;
  private final Manifests manifests;
  private final Answers answers;
  private final MessageCodec codec;
  private final ImageWorkers workers;
  private final Path workDirectory;

  /**
   * @param workers shared by all who prepare on this replica
   * @param workDirectory for shards on their way to the store
   */
  public ShardHandler(
      Sources sources,
      Preparations preparations,
      ObjectStore store,
      Publisher publisher,
      MessageCodec codec,
      ImageWorkers workers,
      Path workDirectory)
      throws IOException {
    this.sources = sources;
    this.preparations = preparations;
    this.store = store;
    this.manifests = new Manifests(store, codec);
    this.answers = new Answers(preparations, manifests, publisher);
    this.codec = codec;
    this.workers = workers;
    this.workDirectory = Files.createDirectories(workDirectory);
  }

  @Override
  public void handle(PrepareShard shard) throws IOException, InterruptedException {
    Optional<Work> found = preparations.find(shard);
    if (found.isEmpty()) {
      LOG.warn("Nobody asked for {}; it is left alone", shard);
      return;
    }
    Work work = found.get();
    if (work.state() == State.PREPARING) {
      SourceSnapshot source = load(work.order());
      Plan plan = Plan.of(source, work.order().options(), codec);
      Progress progress = write(shard, source, plan, work.order().options());
      if (progress.state() == State.PREPARING && progress.done() == progress.total()) {
        complete(plan, work.order(), source);
      }
    }
    answers.settle(shard.preparedId());
  }

  private SourceSnapshot load(Preparations.Order order) throws IOException {
    try {
      return sources.load(order.snapshotSha256());
    } catch (ObjectMissingException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "The description of the source was deleted from the object store while it was prepared (%s). Submit the experiment again."
              .formatted(e.getMessage()),
          e);
    }
  }

  private Progress write(
      PrepareShard shard, SourceSnapshot source, Plan plan, ShardPreparation options)
      throws IOException, InterruptedException {
    List<ShardRange> missing =
        plan.together(plan.shard(shard.split(), shard.index())).stream()
            .filter(range -> !isWritten(message(shard, range)))
            .toList();
    List<Path> files = new ArrayList<>();
    try {
      for (int i = 0; i < missing.size(); i++) {
        files.add(Files.createTempFile(workDirectory, "shard-", ".part"));
      }
      Progress progress = preparations.progress(shard.preparedId());
      List<ShardContent.Outcome> outcomes = writeFiles(files, source, plan, missing, options);
      for (int i = 0; i < missing.size(); i++) {
        PrepareShard written = message(shard, missing.get(i));
        ShardContent.Outcome outcome = outcomes.get(i);
        progress =
            preparations.written(
                written, upload(written, files.get(i)), outcome.facts(), outcome.rejected());
        answers.progress(shard.preparedId(), progress);
      }
      return progress;
    } finally {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static PrepareShard message(PrepareShard shard, ShardRange range) {
    return new PrepareShard(shard.preparedId(), range.split(), range.index());
  }

  private boolean isWritten(PrepareShard shard) {
    return preparations.find(shard).map(Work::written).orElse(false);
  }

  private List<ShardContent.Outcome> writeFiles(
      List<Path> files,
      SourceSnapshot source,
      Plan plan,
      List<ShardRange> ranges,
      ShardPreparation options)
      throws IOException, InterruptedException {
    if (ranges.isEmpty()) {
      return List.of();
    }
    try (SourceImages images = sources.open(source)) {
      return new ShardContent(source, plan, ranges, options, workers).write(images, files);
    }
  }

  private StoredObject upload(PrepareShard shard, Path file) throws IOException {
    String key = Buckets.shard(shard.preparedId(), shard.split().label(), shard.index());
    try {
      return store.putIfAbsent(Buckets.DATASETS, key, file);
    } catch (ObjectConflictException e) {
      // No manifest names it yet: left behind by a replica whose platform decodes images otherwise.
      LOG.warn("Replacing a shard that was left behind: {}", e.getMessage());
      store.delete(Buckets.DATASETS, key);
      return store.putIfAbsent(Buckets.DATASETS, key, file);
    }
  }

  private void complete(Plan plan, Preparations.Order order, SourceSnapshot source)
      throws IOException {
    var prepared = manifests.write(plan, order, source, preparations.shards(plan.preparedId()));
    if (preparations.complete(prepared)) {
      LOG.info("Prepared {}: {}", order.dataset(), prepared);
    }
  }

  @Override
  public void failed(PrepareShard shard, Failure failure) throws IOException, InterruptedException {
    preparations.fail(shard.preparedId(), failure);
    answers.settle(shard.preparedId());
  }
}
