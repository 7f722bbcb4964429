package io.tencrop.dataset.preparation;

import io.quarkus.hibernate.orm.panache.Panache;
import io.tencrop.dataset.source.Sources.SnapshotIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The snapshots of sources, in PostgreSQL. */
@ApplicationScoped
@Transactional
class PanacheSnapshotIndex implements SnapshotIndex {
  private final Clock clock;

  PanacheSnapshotIndex(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<String> find(String sourceKey, String fingerprint) {
    List<?> found =
        Panache.getEntityManager()
            .createNativeQuery(
                """
                SELECT snapshot_sha256 FROM {h-schema}source_snapshot
                WHERE source_key = ?1 AND fingerprint = ?2
                """,
                String.class)
            .setParameter(1, sourceKey)
            .setParameter(2, fingerprint)
            .getResultList();
    return found.stream().map(String.class::cast).findFirst();
  }

  @Override
  public void save(String sourceKey, String fingerprint, String snapshotSha256) {
    Panache.getEntityManager()
        .createNativeQuery(
            """
            INSERT INTO {h-schema}source_snapshot
                (source_key, fingerprint, snapshot_sha256, created_at)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (source_key, fingerprint)
                DO UPDATE SET snapshot_sha256 = excluded.snapshot_sha256
            """)
        .setParameter(1, sourceKey)
        .setParameter(2, fingerprint)
        .setParameter(3, snapshotSha256)
        .setParameter(4, Instant.now(clock))
        .executeUpdate();
  }
}
