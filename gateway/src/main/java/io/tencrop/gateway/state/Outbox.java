package io.tencrop.gateway.state;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The messages that are still to go to Kafka. */
@ApplicationScoped
public class Outbox implements PanacheRepository<OutboxMessage> {
  /** Any number, the same for every replica: names the lock of the one that relays. */
  private static final long RELAY_LOCK = 7_302_118_450_021L;

  /**
   * Make this transaction the only one that relays, until it ends.
   *
   * @return false when another replica does
   */
  public boolean tryLock() {
    return (Boolean)
        getEntityManager()
            .createNativeQuery("select pg_try_advisory_xact_lock(:lock)", Boolean.class)
            .setParameter("lock", RELAY_LOCK)
            .getSingleResult();
  }

  /** The oldest messages, in order. */
  public List<OutboxMessage> oldest(int limit) {
    return find("order by id").page(0, limit).list();
  }
}
