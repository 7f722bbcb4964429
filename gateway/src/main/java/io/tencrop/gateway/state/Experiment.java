package io.tencrop.gateway.state;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.ExperimentSpec;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An experiment's row. */
@Entity
@Table(name = "experiments")
public class Experiment {
  @Id private UUID id;

  @Column(name = "name")
  private String name;

  @Column(name = "labels")
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<String> labels;

  @Column(name = "spec")
  @Convert(converter = JsonColumns.Spec.class)
  private ExperimentSpec spec;

  @Column(name = "state")
  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private State state;

  @Column(name = "reason")
  private String reason;

  @Column(name = "failure_code")
  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private @Nullable FailureCode failureCode;

  @Column(name = "failure_message")
  private @Nullable String failureMessage;

  @Column(name = "prepared")
  @Convert(converter = JsonColumns.Prepared.class)
  private @Nullable PreparedDataset prepared;

  @Column(name = "last_event")
  private long lastEvent;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  /** For Hibernate. */
  protected Experiment() {}

  /** A new experiment, waiting for its data. */
  public Experiment(UUID id, ExperimentSpec spec, String reason, Instant now) {
    this.id = id;
    this.name = spec.name();
    this.labels = spec.labels();
    this.spec = spec;
    this.state = State.QUEUED;
    this.reason = reason;
    this.createdAt = now;
    this.updatedAt = now;
  }

  /**
   * Move on to another state.
   *
   * @throws IllegalStateException when it cannot become that from here
   */
  public void become(State next, String why, Instant now) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException("experiment %s: %s -> %s".formatted(id, state, next));
    }
    state = next;
    reason = why;
    updatedAt = now;
    if (next.isFinal()) {
      endedAt = now;
    }
  }

  /** Become FAILED for this cause. */
  public void fail(Failure failure, Instant now) {
    become(State.FAILED, failure.message(), now);
    failureCode = failure.code();
    failureMessage = failure.message();
  }

  /** Say something new about the state that it is in. */
  public void explain(String why, Instant now) {
    reason = why;
    updatedAt = now;
  }

  /** The data that its runs train on, once it is there. */
  public void prepared(PreparedDataset dataset) {
    prepared = dataset;
  }

  /** The number of the next event of its log, from 1 without gaps. */
  public long nextEvent() {
    return ++lastEvent;
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public List<String> labels() {
    return labels;
  }

  public ExperimentSpec spec() {
    return spec;
  }

  public State state() {
    return state;
  }

  public String reason() {
    return reason;
  }

  /** Why it failed; absent unless FAILED. */
  public @Nullable Failure failure() {
    return failureCode == null || failureMessage == null
        ? null
        : new Failure(failureCode, failureMessage);
  }

  public @Nullable PreparedDataset prepared() {
    return prepared;
  }

  public long lastEvent() {
    return lastEvent;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }

  public @Nullable Instant endedAt() {
    return endedAt;
  }
}
