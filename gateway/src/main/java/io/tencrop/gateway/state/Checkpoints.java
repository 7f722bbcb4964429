package io.tencrop.gateway.state;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Finds checkpoints. */
@ApplicationScoped
public class Checkpoints implements PanacheRepositoryBase<Checkpoint, RunStep> {
  /** A run's checkpoints, by step; its average after the one that it ends with. */
  public List<Checkpoint> of(UUID runId) {
    return list("key.runId = ?1 order by key.step, key.averagedEpochs", runId);
  }
}
