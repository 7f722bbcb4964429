package io.tencrop.dataset;

import io.tencrop.contracts.Buckets;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: work is being taken, and the object store answers. */
@Readiness
@ApplicationScoped
class WorkHealth implements HealthCheck {
  private final Workers workers;
  private final ObjectStore store;

  WorkHealth(Workers workers, ObjectStore store) {
    this.workers = workers;
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("preparation").status(workers.running());
    try {
      store.exists(Buckets.DATASETS, "none");
      return response.withData("store", "answers").build();
    } catch (IOException e) {
      return response.down().withData("store", String.valueOf(e.getMessage())).build();
    }
  }
}
