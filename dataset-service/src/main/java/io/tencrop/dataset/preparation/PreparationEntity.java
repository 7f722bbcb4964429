package io.tencrop.dataset.preparation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
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
}
