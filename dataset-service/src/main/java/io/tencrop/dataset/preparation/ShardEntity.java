package io.tencrop.dataset.preparation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tencrop.contracts.SplitName;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code shard}. */
@Entity
@Table(name = "shard")
public class ShardEntity extends PanacheEntityBase {
  @EmbeddedId @Column public Key key;

  @Column(nullable = false)
  public int images;

  /** Absent until the shard is in the store. */
  @Column(name = "object_sha256")
  public @Nullable String sha256;

  @Column(name = "object_bytes")
  public @Nullable Long bytes;

  /** Which shard. */
  @Embeddable
  public record Key(
      @Column(name = "preparation_id") String preparationId,
      @Enumerated(EnumType.STRING) @Column(name = "split") SplitName split,
      @Column(name = "shard_index") int index) {}
}
