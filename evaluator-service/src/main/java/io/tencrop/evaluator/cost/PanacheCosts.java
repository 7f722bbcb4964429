package io.tencrop.evaluator.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.evaluator.results.Transactions;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Costs in PostgreSQL. The first that is kept for an id stays. */
@ApplicationScoped
class PanacheCosts implements NetworkCosts {
  private static final String FIND =
      "select cast(cost as text) from {h-schema}network_cost where id = :id";
  private static final String KEEP =
      """
      insert into {h-schema}network_cost (id, cost, measured_at)
      values (:id, cast(:cost as jsonb), now())
      on conflict (id) do nothing
      """;

  private final EntityManager entities;
  private final MessageCodec codec;

  PanacheCosts(EntityManager entities, MessageCodec codec) {
    this.entities = entities;
    this.codec = codec;
  }

  @Override
  public Optional<NetworkCost> find(String id) throws IOException {
    return Transactions.call(
        () -> {
          List<?> found =
              entities.createNativeQuery(FIND, String.class).setParameter("id", id).getResultList();
          return found.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  codec.decode(((String) found.get(0)).getBytes(UTF_8), NetworkCost.class));
        });
  }

  @Override
  public NetworkCost keep(String id, NetworkCost cost) throws IOException {
    Transactions.call(
        () ->
            entities
                .createNativeQuery(KEEP)
                .setParameter("id", id)
                .setParameter("cost", new String(codec.encode(cost), UTF_8))
                .executeUpdate());
    return find(id)
        .orElseThrow(() -> new IllegalStateException("the cost " + id + " was not kept"));
  }
}
