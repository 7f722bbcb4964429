package io.tencrop.gateway.state;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.tencrop.contracts.api.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds experiments. */
@ApplicationScoped
public class Experiments implements PanacheRepositoryBase<Experiment, UUID> {
  /** A place in the list, newest first: after the experiment made then with this id. */
  public record Place(Instant createdAt, UUID id) {}

  /** The experiment, its row locked until the transaction ends. */
  public Optional<Experiment> lock(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /** The newest completed experiment of that name; if there is none, the newest. */
  public Optional<Experiment> newestNamed(String name) {
    String newest = " order by createdAt desc, id desc";
    return find("name = ?1 and state = ?2" + newest, name, State.COMPLETED)
        .firstResultOptional()
        .or(() -> find("name = ?1" + newest, name).firstResultOptional());
  }

  /**
   * Experiments, newest first.
   *
   * @param after where to go on; absent: from the newest
   */
  public List<Experiment> page(
      @Nullable State state, @Nullable String label, @Nullable Place after, int limit) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> parameters = new HashMap<>();
    if (state != null) {
      conditions.add("state = :state");
      parameters.put("state", state);
    }
    if (label != null) {
      conditions.add("array_contains(labels, :label)");
      parameters.put("label", label);
    }
    if (after != null) {
      conditions.add("(createdAt < :createdAt or (createdAt = :createdAt and id < :id))");
      parameters.put("createdAt", after.createdAt());
      parameters.put("id", after.id());
    }
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    PanacheQuery<Experiment> query =
        find("from Experiment " + where + " order by createdAt desc, id desc", parameters);
    return query.page(0, limit).list();
  }
}
