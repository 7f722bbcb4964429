package io.tencrop.trainer;

import io.tencrop.contracts.Buckets;
import io.tencrop.storage.ObjectStore;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Up while the object store answers. Kafka has a check of its own. */
@Readiness
class StoreReadiness implements HealthCheck {
  private final ObjectStore store;

  StoreReadiness(ObjectStore store) {
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("object store");
    try {
      store.exists(Buckets.CHECKPOINTS, "readiness");
      return response.up().build();
    } catch (IOException e) {
      return response.down().withData("cause", String.valueOf(e.getMessage())).build();
    }
  }
}
