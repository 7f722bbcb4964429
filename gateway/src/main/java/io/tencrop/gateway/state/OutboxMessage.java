package io.tencrop.gateway.state;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message that is to go to Kafka: written with the change that it tells of, then relayed. */
@Entity
@Table(name = "outbox")
public class OutboxMessage {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  @Column(name = "topic")
  private String topic;

  @Column(name = "key")
  private String key;

  @Column(name = "payload")
  private byte[] payload;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For Hibernate. */
  protected OutboxMessage() {}

  public OutboxMessage(String topic, String key, byte[] payload, Instant createdAt) {
    this.topic = topic;
    this.key = key;
    this.payload = payload;
    this.createdAt = createdAt;
  }

  public String topic() {
    return topic;
  }

  public String key() {
    return key;
  }

  public byte[] payload() {
    return payload;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
