package io.tencrop.trainer;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Up while segments are taken, however long the one at hand lasts. */
@Liveness
class TakingLiveness implements HealthCheck {
  private final TrainerService service;

  TakingLiveness(TrainerService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("takes segments").status(service.isTaking()).build();
  }
}
