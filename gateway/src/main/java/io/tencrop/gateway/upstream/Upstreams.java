package io.tencrop.gateway.upstream;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The services that the gateway asks. */
@ApplicationScoped
public class Upstreams {
  private final Upstream datasets;
  private final Upstream evaluator;
  private final Upstream predictions;
  private final Upstream patientEvaluator;

  Upstreams(
      @ConfigProperty(name = "tencrop.dataset-service.url") URI datasetService,
      @ConfigProperty(name = "tencrop.evaluator-service.url") URI evaluatorService,
      @ConfigProperty(name = "tencrop.gateway.upstream-timeout", defaultValue = "10s")
          Duration timeout,
      @ConfigProperty(name = "tencrop.gateway.predictions.timeout", defaultValue = "60s")
          Duration predictionsTimeout,
      @ConfigProperty(name = "tencrop.gateway.comparison-timeout", defaultValue = "60s")
          Duration comparisonTimeout) {
    datasets = new Upstream("dataset service", datasetService, timeout);
    evaluator = new Upstream("evaluator service", evaluatorService, timeout);
    predictions = new Upstream("evaluator service", evaluatorService, predictionsTimeout);
    patientEvaluator = new Upstream("evaluator service", evaluatorService, comparisonTimeout);
  }

  public Upstream datasets() {
    return datasets;
  }

  public Upstream evaluator() {
    return evaluator;
  }

  /** The evaluator, which may have to load a network first. */
  public Upstream predictions() {
    return predictions;
  }

  /** The evaluator, for what it has to compute. */
  public Upstream patientEvaluator() {
    return patientEvaluator;
  }
}
