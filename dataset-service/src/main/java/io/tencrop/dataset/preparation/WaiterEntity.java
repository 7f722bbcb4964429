package io.tencrop.dataset.preparation;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code waiter}. */
@Entity
@Table(name = "waiter")
public class WaiterEntity extends PanacheEntityBase {
  @EmbeddedId @Column public Key key;

  /** Of the source's images that may be unusable. */
  @Column(name = "max_rejected_share", nullable = false)
  public double maxRejectedShare;

  @Column(nullable = false)
  public boolean answered;

  /** Who waits for what. */
  @Embeddable
  public record Key(
      @Column(name = "preparation_id") String preparationId,
      @Column(name = "experiment_id") UUID experimentId) {}

  /** Adds the row, or has it wait again if it is there. */
  static void insert(String preparedId, Preparations.Waiter waiter) {
    Panache.getEntityManager()
        .createNativeQuery(
            """
            INSERT INTO {h-schema}waiter
                (preparation_id, experiment_id, max_rejected_share, answered)
            VALUES (?1, ?2, ?3, false)
            ON CONFLICT (preparation_id, experiment_id) DO UPDATE SET answered = false
            """)
        .setParameter(1, preparedId)
        .setParameter(2, waiter.experiment())
        .setParameter(3, waiter.maxRejectedShare())
        .executeUpdate();
  }
}
