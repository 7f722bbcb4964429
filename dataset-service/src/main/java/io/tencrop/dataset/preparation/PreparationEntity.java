package io.tencrop.dataset.preparation;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code preparation}. */
@Entity
@Table(name = "preparation")
public class PreparationEntity extends PanacheEntityBase {
  @Id public String id;

  @Column(nullable = false)
  public String dataset;

  /** Absent when the outcome was found in the store. */
  @Column(name = "snapshot_sha256")
  public @Nullable String snapshotSha256;

  /** JSON of the shard preparation. */
  @Column(nullable = false)
  public String options;

  /** The experiment that hands out the shards. */
  @Column public @Nullable UUID owner;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  public Preparations.State state;

  /** JSON of the outcome. */
  @Column public @Nullable String prepared;

  @Column(name = "failure_code")
  public @Nullable String failureCode;

  @Column(name = "failure_message")
  public @Nullable String failureMessage;

  @Column(name = "created_at", nullable = false)
  public Instant createdAt;

  @Column(name = "updated_at", nullable = false)
  public Instant updatedAt;

  /** Adds the row of a preparation that begins, unless it is there. */
  static void insert(
      String preparedId,
      Preparations.Order order,
      String options,
      @Nullable UUID owner,
      Instant now) {
    Panache.getEntityManager()
        .createNativeQuery(
            """
            INSERT INTO {h-schema}preparation
                (id, dataset, snapshot_sha256, options, owner, state, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, 'PREPARING', ?6, ?6)
            ON CONFLICT DO NOTHING
            """)
        .setParameter(1, preparedId)
        .setParameter(2, order.dataset())
        .setParameter(3, order.snapshotSha256())
        .setParameter(4, options)
        .setParameter(5, owner)
        .setParameter(6, now)
        .executeUpdate();
  }

  /** The row, which nobody else changes until the transaction ends. */
  static PreparationEntity locked(String preparedId) {
    PreparationEntity preparation = findById(preparedId, LockModeType.PESSIMISTIC_WRITE);
    return Objects.requireNonNull(preparation, preparedId);
  }

  /** The row, if there is one. */
  static @Nullable PreparationEntity row(String preparedId) {
    return findById(preparedId);
  }
}
