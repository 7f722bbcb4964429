package io.tencrop.dataset.preparation;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.event.PrepareShard;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.storage.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of preparations, shared by all replicas. Each method is one transaction; those that
 * change the same preparation come one after another.
 */
public interface Preparations {
  /**
   *
   *
   * <pre>
   * PREPARING --> COMPLETE
   *      |  ^
   *      v  | (asked for again)
   *     FAILED
   * </pre>
   */
  enum State {
    PREPARING,
    COMPLETE,
    FAILED
  }

  /** What is to be prepared. */
  record Order(String dataset, String snapshotSha256, ShardPreparation options) {}

  /**
   * What an experiment that asks must do next.
   *
   * @param toPublish work that it should hand out; empty when another experiment has done so
   */
  record Enrolment(State state, List<PrepareShard> toPublish) {}

  /**
   * A shard's work.
   *
   * @param state of the preparation
   * @param written the shard is there already
   */
  record Work(State state, Order order, boolean written) {}

  /** How far a preparation is. */
  record Progress(State state, int done, int total) {}

  /**
   * A shard that was written.
   *
   * @param images how many
   * @param facts absent when an earlier version wrote it
   * @param rejected images of its range that it does not have
   */
  record Written(
      SplitName split,
      int index,
      int images,
      @Nullable ShardFacts facts,
      RejectedImages rejected,
      String sha256,
      long bytes) {}

  /**
   * An experiment that waits for an answer.
   *
   * @param maxRejectedShare of the source's images that may be unusable
   */
  record Waiter(UUID experiment, double maxRejectedShare) {}

  /**
   * Notes that the experiment wants the outcome of the plan. The first to ask, or the first after a
   * failure, owns the preparation; it, or whoever asks after nothing has happened for a while,
   * should hand out the shards that are missing.
   */
  Enrolment enrol(Plan plan, Order order, Waiter waiter);

  /** The outcome is gone from the store: all shards are missing again, and handed out anew. */
  Enrolment reopen(Plan plan, Order order, Waiter waiter);

  /** The outcome is in the store: known from now on, also to a database that did not make it. */
  void remember(String dataset, ShardPreparation options, PreparedDataset prepared);

  /** A shard's work; absent when nobody asked for it. */
  Optional<Work> find(PrepareShard shard);

  /**
   * The shard is in the store.
   *
   * @param facts about the images that it has
   * @param rejected images of its range that it does not have
   */
  Progress written(
      PrepareShard shard, StoredObject object, ShardFacts facts, RejectedImages rejected);

  /** How far it is. */
  Progress progress(String preparedId);

  /** All shards that were written. */
  List<Written> shards(String preparedId);

  /**
   * From PREPARING to COMPLETE.
   *
   * @return whether this call did it; of several only one does
   */
  boolean complete(PreparedDataset prepared);

  /** The outcome; absent until complete. */
  Optional<PreparedDataset> outcome(String preparedId);

  /** From PREPARING to FAILED; changes nothing in another state. */
  void fail(String preparedId, Failure failure);

  /** The failure; absent unless it failed. */
  @Nullable Failure failure(String preparedId);

  /** Preparations that the experiment owns and that are not complete. */
  List<String> ownedBy(UUID experiment);

  /** Experiments that wait for an answer. */
  List<Waiter> waiting(String preparedId);

  /** The experiment has its answer. */
  void answered(String preparedId, UUID experiment);

  /** What was made of a data set so far. */
  List<PreparedDataset> of(String dataset);
}
