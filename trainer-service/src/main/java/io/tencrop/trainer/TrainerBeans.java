package io.tencrop.trainer;

import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The plain objects that several beans share. */
@ApplicationScoped
class TrainerBeans {
  @Produces
  @Singleton
  ObjectStore store(StoreConfig config) {
    return ObjectStore.connect(config.settings());
  }

  void close(@Disposes ObjectStore store) {
    store.close();
  }

  @Produces
  @Singleton
  Cancellations cancellations() {
    return new Cancellations();
  }
}
