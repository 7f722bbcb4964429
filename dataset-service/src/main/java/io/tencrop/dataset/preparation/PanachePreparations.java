package io.tencrop.dataset.preparation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.hibernate.orm.panache.Panache;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.event.PrepareShard;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.storage.StoredObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@link Preparations} in PostgreSQL. The row of a preparation is locked by what changes it. */
@ApplicationScoped
@Transactional
class PanachePreparations implements Preparations {
  /** When nothing has happened for so long, somebody else may hand the missing shards out again. */
  private static final Duration STALLED = Duration.ofMinutes(10);

  private static final String MISSING = "key.preparationId = ?1 and sha256 is null";

  private final MessageCodec codec;
  private final Clock clock;

  PanachePreparations(MessageCodec codec, Clock clock) {
    this.codec = codec;
    this.clock = clock;
  }

  @Override
  public Enrolment enrol(Plan plan, Order order, Waiter waiter) {
    UUID experiment = waiter.experiment();
    PreparationEntity.insert(
        plan.preparedId(), order, json(order.options()), experiment, Instant.now(clock));
    PreparationEntity preparation = PreparationEntity.locked(plan.preparedId());
    boolean takesOver =
        preparation.state == State.FAILED
            || preparation.updatedAt.isBefore(Instant.now(clock).minus(STALLED));
    if (preparation.state != State.COMPLETE && takesOver) {
      begin(preparation, order, experiment);
    }
    plan.shards().forEach(shard -> ShardEntity.insert(plan.preparedId(), shard));
    WaiterEntity.insert(plan.preparedId(), waiter);
    return enrolment(preparation, plan, experiment);
  }

  @Override
  public Enrolment reopen(Plan plan, Order order, Waiter waiter) {
    UUID experiment = waiter.experiment();
    PreparationEntity preparation = PreparationEntity.locked(plan.preparedId());
    if (preparation.state == State.COMPLETE) {
      ShardEntity.update(
          "sha256 = null, bytes = null, facts = null where key.preparationId = ?1",
          plan.preparedId());
      begin(preparation, order, experiment);
    }
    plan.shards().forEach(shard -> ShardEntity.insert(plan.preparedId(), shard));
    WaiterEntity.insert(plan.preparedId(), waiter);
    return enrolment(preparation, plan, experiment);
  }

  private void begin(PreparationEntity preparation, Order order, UUID experiment) {
    preparation.state = State.PREPARING;
    preparation.owner = experiment;
    preparation.snapshotSha256 = order.snapshotSha256();
    preparation.failureCode = null;
    preparation.failureMessage = null;
    preparation.prepared = null;
    preparation.updatedAt = Instant.now(clock);
  }

  private static Enrolment enrolment(PreparationEntity preparation, Plan plan, UUID experiment) {
    boolean handsOut = preparation.state == State.PREPARING && experiment.equals(preparation.owner);
    if (!handsOut) {
      return new Enrolment(preparation.state, List.of());
    }
    List<ShardEntity> missing = ShardEntity.list(MISSING, preparation.id);
    if (missing.isEmpty()) {
      // All are written and only the end is missing: any shard's work brings it about.
      missing = ShardEntity.find("key.preparationId", preparation.id).page(0, 1).list();
    }
    List<Plan.ShardRange> ranges =
        missing.stream().map(shard -> plan.shard(shard.key.split(), shard.key.index())).toList();
    return new Enrolment(
        preparation.state,
        plan.workItems(ranges).stream()
            .map(shard -> new PrepareShard(preparation.id, shard.split(), shard.index()))
            .toList());
  }

  @Override
  public void remember(String dataset, ShardPreparation options, PreparedDataset prepared) {
    PreparationEntity preparation = PreparationEntity.row(prepared.id());
    if (preparation == null) {
      Instant now = Instant.now(clock);
      preparation = new PreparationEntity();
      preparation.id = prepared.id();
      preparation.dataset = dataset;
      preparation.options = json(options);
      preparation.state = State.COMPLETE;
      preparation.prepared = json(prepared);
      preparation.createdAt = now;
      preparation.updatedAt = now;
      preparation.persist();
    }
  }

  @Override
  public Optional<Work> find(PrepareShard shard) {
    PreparationEntity preparation = PreparationEntity.row(shard.preparedId());
    ShardEntity entity = ShardEntity.findById(key(shard));
    if (preparation == null || preparation.snapshotSha256 == null || entity == null) {
      return Optional.empty();
    }
    Order order =
        new Order(
            preparation.dataset,
            preparation.snapshotSha256,
            parse(preparation.options, ShardPreparation.class));
    return Optional.of(new Work(preparation.state, order, entity.sha256 != null));
  }

  private static ShardEntity.Key key(PrepareShard shard) {
    return new ShardEntity.Key(shard.preparedId(), shard.split(), shard.index());
  }

  @Override
  public Progress written(
      PrepareShard shard, StoredObject object, ShardFacts facts, RejectedImages rejected) {
    PreparationEntity preparation = PreparationEntity.locked(shard.preparedId());
    ShardEntity entity = Objects.requireNonNull(ShardEntity.findById(key(shard)));
    entity.sha256 = object.sha256();
    entity.bytes = object.bytes();
    entity.images = facts.images();
    entity.facts = json(facts);
    entity.rejected = rejected.total() == 0 ? null : json(rejected);
    preparation.updatedAt = Instant.now(clock);
    Panache.flush();
    return progress(preparation);
  }

  @Override
  public Progress progress(String preparedId) {
    return progress(PreparationEntity.locked(preparedId));
  }

  private static Progress progress(PreparationEntity preparation) {
    long total = ShardEntity.count("key.preparationId", preparation.id);
    long missing = ShardEntity.count(MISSING, preparation.id);
    return new Progress(preparation.state, (int) (total - missing), (int) total);
  }

  @Override
  public List<Written> shards(String preparedId) {
    List<ShardEntity> shards =
        ShardEntity.list("key.preparationId = ?1 and sha256 is not null", preparedId);
    return shards.stream()
        .map(
            shard ->
                new Written(
                    shard.key.split(),
                    shard.key.index(),
                    shard.images,
                    shard.facts == null ? null : parse(shard.facts, ShardFacts.class),
                    shard.rejected == null
                        ? RejectedImages.NONE
                        : parse(shard.rejected, RejectedImages.class),
                    Objects.requireNonNull(shard.sha256),
                    Objects.requireNonNull(shard.bytes)))
        .toList();
  }

  @Override
  public boolean complete(PreparedDataset prepared) {
    return PreparationEntity.update(
            "state = ?1, prepared = ?2, updatedAt = ?3 where id = ?4 and state = ?5",
            State.COMPLETE,
            json(prepared),
            Instant.now(clock),
            prepared.id(),
            State.PREPARING)
        == 1;
  }

  @Override
  public Optional<PreparedDataset> outcome(String preparedId) {
    PreparationEntity preparation = PreparationEntity.row(preparedId);
    return preparation == null || preparation.prepared == null
        ? Optional.empty()
        : Optional.of(parse(preparation.prepared, PreparedDataset.class));
  }

  @Override
  public void fail(String preparedId, Failure failure) {
    PreparationEntity.update(
        "state = ?1, failureCode = ?2, failureMessage = ?3, updatedAt = ?4 where id = ?5 and state = ?6",
        State.FAILED,
        failure.code().name(),
        failure.message(),
        Instant.now(clock),
        preparedId,
        State.PREPARING);
  }

  @Override
  public @Nullable Failure failure(String preparedId) {
    PreparationEntity preparation = PreparationEntity.row(preparedId);
    if (preparation == null
        || preparation.failureCode == null
        || preparation.failureMessage == null) {
      return null;
    }
    return new Failure(FailureCode.valueOf(preparation.failureCode), preparation.failureMessage);
  }

  @Override
  public List<String> ownedBy(UUID experiment) {
    List<PreparationEntity> owned =
        PreparationEntity.list("owner = ?1 and state = ?2", experiment, State.PREPARING);
    return owned.stream().map(preparation -> preparation.id).toList();
  }

  @Override
  public List<Waiter> waiting(String preparedId) {
    List<WaiterEntity> waiters =
        WaiterEntity.list("key.preparationId = ?1 and answered = false", preparedId);
    return waiters.stream()
        .map(waiter -> new Waiter(waiter.key.experimentId(), waiter.maxRejectedShare))
        .toList();
  }

  @Override
  public void answered(String preparedId, UUID experiment) {
    WaiterEntity waiter = WaiterEntity.findById(new WaiterEntity.Key(preparedId, experiment));
    if (waiter != null) {
      waiter.answered = true;
    }
  }

  @Override
  public List<PreparedDataset> of(String dataset) {
    List<PreparationEntity> complete =
        PreparationEntity.list(
            "dataset = ?1 and state = ?2 order by createdAt", dataset, State.COMPLETE);
    return complete.stream()
        .map(row -> parse(Objects.requireNonNull(row.prepared), PreparedDataset.class))
        .toList();
  }

  private String json(Object value) {
    return new String(codec.encode(value), UTF_8);
  }

  private <T> T parse(String json, Class<T> type) {
    try {
      return codec.decode(json.getBytes(UTF_8), type);
    } catch (MessageFormatException e) {
      throw new IllegalStateException("the database holds JSON of another version", e);
    }
  }
}
