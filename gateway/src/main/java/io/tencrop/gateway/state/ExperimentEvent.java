package io.tencrop.gateway.state;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** An entry of an experiment's log: what those who follow it are told. */
@Entity
@Immutable
@Table(name = "experiment_events")
public class ExperimentEvent {
  @EmbeddedId
  @Column(name = "experiment_id")
  private Key key;

  @Column(name = "name")
  private String name;

  @Column(name = "data")
  private String data;

  @Column(name = "created_at")
  private Instant createdAt;

  /** The number of an experiment's event: from 1, without gaps, in the order of the changes. */
  @Embeddable
  public record Key(
      @Column(name = "experiment_id") UUID experimentId,
      @Column(name = "sequence") long sequence) {}

  /** For Hibernate. */
  protected ExperimentEvent() {}

  /**
   * @param data JSON
   */
  public ExperimentEvent(
      UUID experimentId, long sequence, String name, String data, Instant createdAt) {
    this.key = new Key(experimentId, sequence);
    this.name = name;
    this.data = data;
    this.createdAt = createdAt;
  }

  public long sequence() {
    return key.sequence();
  }

  public String name() {
    return name;
  }

  /** What happened, as JSON. */
  public String data() {
    return data;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
