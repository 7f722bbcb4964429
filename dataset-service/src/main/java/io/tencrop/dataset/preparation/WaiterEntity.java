package io.tencrop.dataset.preparation;

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
}
