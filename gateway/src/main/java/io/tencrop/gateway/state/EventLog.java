package io.tencrop.gateway.state;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads the logs of experiments. */
@ApplicationScoped
public class EventLog implements PanacheRepositoryBase<ExperimentEvent, ExperimentEvent.Key> {
  /** What came after event {@code sequence}, in order. */
  public List<ExperimentEvent> after(UUID experimentId, long sequence, int limit) {
    return find(
            "key.experimentId = ?1 and key.sequence > ?2 order by key.sequence",
            experimentId,
            sequence)
        .page(0, limit)
        .list();
  }
}
