package io.tencrop.gateway.orchestration;

import io.quarkus.runtime.StartupEvent;
import io.tencrop.gateway.spec.Networks;
import io.tencrop.gateway.spec.Shape;
import io.tencrop.gateway.state.Curves;
import io.tencrop.messaging.DeadLetters;
import io.tencrop.messaging.KafkaDeadLetters;
import io.tencrop.messaging.KafkaSetup;
import io.tencrop.messaging.MessageCodec;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes beans of the plain classes. */
@ApplicationScoped
class Wiring {
  private final String bootstrapServers;

  Wiring(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Topics must be there before the channels subscribe to them. */
  void prepareKafka(@Observes @Priority(1) StartupEvent event) {
    KafkaSetup.ensure(bootstrapServers, List.of());
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  MessageCodec codec() {
    return new MessageCodec();
  }

  @Produces
  @Singleton
  DeadLetters deadLetters() {
    return new KafkaDeadLetters(bootstrapServers);
  }

  void close(@Disposes DeadLetters deadLetters) {
    ((KafkaDeadLetters) deadLetters).close();
  }

  @Produces
  @Singleton
  Shape shape() {
    return new Shape();
  }

  @Produces
  @Singleton
  Orchestration orchestration(Ledger ledger, Curves curves, Networks networks, Clock clock) {
    return new Orchestration(ledger, curves, networks, clock);
  }

  @Produces
  @Singleton
  Submission submission(Ledger ledger, Clock clock) {
    return new Submission(ledger, clock);
  }
}
