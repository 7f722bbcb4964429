package io.tencrop.gateway.state;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A request that its sender may repeat, and what was answered to it. */
@Entity
@Immutable
@Table(name = "idempotency_keys")
public class IdempotencyKey {
  @Id
  @Column(name = "key")
  private String key;

  @Column(name = "request_sha256")
  private String requestSha256;

  @Column(name = "experiment_id")
  private UUID experimentId;

  @Column(name = "answer")
  private String answer;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For Hibernate. */
  protected IdempotencyKey() {}

  public String key() {
    return key;
  }

  /** Hex SHA-256 of the request that took it. */
  public String requestSha256() {
    return requestSha256;
  }

  public UUID experimentId() {
    return experimentId;
  }

  /** The body of the answer. */
  public String answer() {
    return answer;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
