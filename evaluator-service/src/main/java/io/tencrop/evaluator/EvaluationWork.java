package io.tencrop.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.ShareGroups;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.event.EvaluationRequest;
import io.tencrop.messaging.KafkaSetup;
import io.tencrop.messaging.WorkConsumer;
import io.tencrop.messaging.WorkProcessor;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.engine.EngineHost;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes evaluation requests as long as the service runs. */
@ApplicationScoped
@Liveness
class EvaluationWork implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(EvaluationWork.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final String bootstrapServers;
  private final KafkaSetup.ShareGroup group;
  private final ObjectStore store;
  private final WorkProcessor<EvaluationRequest> processor;
  private @Nullable WorkConsumer consumer;

  EvaluationWork(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      EvaluatorConfig config,
      ObjectStore store,
      WorkProcessor<EvaluationRequest> processor) {
    this.bootstrapServers = bootstrapServers;
    this.group = new KafkaSetup.ShareGroup(ShareGroups.EVALUATORS, config.lock());
    this.store = store;
    this.processor = processor;
  }

  /** Before the channels start, which need the topics. */
  void prepare(@Observes @Priority(1) StartupEvent event) throws IOException {
    store.ensureBuckets(Buckets.ALL);
    KafkaSetup.ensure(bootstrapServers, List.of(group));
  }

  /** After the channels, which carry what the work has to tell. */
  synchronized void start(@Observes StartupEvent event) {
    EngineHost.loadInBackground();
    consumer =
        WorkConsumer.start(bootstrapServers, Topics.EVALUATION_REQUESTS, group, processor::process);
  }

  synchronized void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (consumer != null && !consumer.close(STOP)) {
      LOG.warn("The evaluation at hand did not stop in time; the broker will give it to another.");
    }
  }

  @Override
  public synchronized HealthCheckResponse call() {
    return HealthCheckResponse.named("evaluation requests are taken")
        .status(consumer != null && consumer.isRunning())
        .build();
  }
}
