package io.tencrop.dataset.preparation;

import io.quarkus.hibernate.orm.panache.Panache;
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

  /** Of its range; once it is in the store, those that it has. */
  @Column(nullable = false)
  public int images;

  /** Absent until the shard is in the store. */
  @Column(name = "object_sha256")
  public @Nullable String sha256;

  /** JSON of the images that the shard does not have; absent when it has all of its range. */
  @Column public @Nullable String rejected;

  @Column(name = "object_bytes")
  public @Nullable Long bytes;

  /** JSON of what showed when it was written. */
  @Column public @Nullable String facts;

  /** Which shard. */
  @Embeddable
  public record Key(
      @Column(name = "preparation_id") String preparationId,
      @Enumerated(EnumType.STRING) @Column(name = "split") SplitName split,
      @Column(name = "shard_index") int index) {}

  /** Adds the row of a shard that is not written, unless it is there. */
  static void insert(String preparedId, Plan.ShardRange shard) {
    Panache.getEntityManager()
        .createNativeQuery(
            """
            INSERT INTO {h-schema}shard (preparation_id, split, shard_index, images)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO NOTHING
            """)
        .setParameter(1, preparedId)
        .setParameter(2, shard.split().name())
        .setParameter(3, shard.index())
        .setParameter(4, shard.images())
        .executeUpdate();
  }
}
