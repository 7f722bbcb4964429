package io.tencrop.dataset.registry;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code dataset}. */
@Entity
@Table(name = "dataset")
public class DatasetEntity extends PanacheEntityBase {
  @Id public String name;

  /** JSON of the source. */
  @Column(nullable = false)
  public String source;

  @Column(nullable = false)
  public boolean builtin;

  @Column public @Nullable String licence;

  /** Of the source when it was last read. */
  @Column public @Nullable String digest;

  @Column(name = "created_at", nullable = false)
  public Instant createdAt;
}
