package io.tencrop.gateway.state;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Remembers what was answered to requests that carried a key. */
@ApplicationScoped
public class IdempotencyKeys implements PanacheRepositoryBase<IdempotencyKey, String> {
  /**
   * Take the key for this request. Waits for a transaction that is taking the same one.
   *
   * @return what was answered before, to this request or to another; empty when the key is new
   */
  public Optional<IdempotencyKey> take(
      String key, String requestSha256, UUID experimentId, String answer, Instant now) {
    int inserted =
        getEntityManager()
            .createNativeQuery(
                """
                insert into idempotency_keys (key, request_sha256, experiment_id, answer, created_at)
                values (:key, :request, :experiment, :answer, :now)
                on conflict (key) do nothing""")
            .setParameter("key", key)
            .setParameter("request", requestSha256)
            .setParameter("experiment", experimentId)
            .setParameter("answer", answer)
            .setParameter("now", now)
            .executeUpdate();
    return inserted == 1 ? Optional.empty() : findByIdOptional(key);
  }
}
