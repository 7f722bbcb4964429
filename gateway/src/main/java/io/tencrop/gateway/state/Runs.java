package io.tencrop.gateway.state;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Finds runs. */
@ApplicationScoped
public class Runs implements PanacheRepositoryBase<Run, UUID> {
  /** An experiment's runs, in the order of its spec. */
  public List<Run> of(UUID experimentId) {
    return list("experimentId = ?1 order by ordinal", experimentId);
  }

  /** The runs of several experiments. */
  public List<Run> of(Collection<UUID> experimentIds) {
    return experimentIds.isEmpty()
        ? List.of()
        : list("experimentId in ?1 order by experimentId, ordinal", experimentIds);
  }
}
