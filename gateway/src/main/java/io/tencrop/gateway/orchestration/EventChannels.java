package io.tencrop.gateway.orchestration;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.messaging.DeadLetters;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.Owner;
import io.tencrop.messaging.RetryPolicy;
import io.tencrop.messaging.WorkHandler;
import io.tencrop.messaging.WorkProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes the other services' events from Kafka, each in a transaction of its own. While the database
 * is away they wait; one that cannot be handled otherwise becomes a dead letter, and what it
 * belongs to fails.
 */
@ApplicationScoped
class EventChannels {
  /** Without an end: an event that waits for the database loses nothing. */
  private static final RetryPolicy PATIENT =
      new RetryPolicy(
          Integer.MAX_VALUE, Duration.ofMillis(250), Duration.ofSeconds(5), Integer.MAX_VALUE);

  private final MessageCodec codec;
  private final DeadLetters deadLetters;
  private final WorkProcessor<DatasetEvent> dataset;
  private final WorkProcessor<TrainingEvent> training;
  private final WorkProcessor<TrainingProgress> progress;
  private final WorkProcessor<EvaluationEvent> evaluation;

  EventChannels(Orchestration orchestration, MessageCodec codec, DeadLetters deadLetters) {
    this.codec = codec;
    this.deadLetters = deadLetters;
    dataset =
        processor(
            Topics.DATASET_EVENTS,
            DatasetEvent.class,
            orchestration::on,
            orchestration::cannotHandle,
            orchestration::cannotRead);
    training =
        processor(
            Topics.TRAINING_EVENTS,
            TrainingEvent.class,
            orchestration::on,
            orchestration::cannotHandle,
            orchestration::cannotRead);
    progress =
        processor(
            Topics.TRAINING_PROGRESS,
            TrainingProgress.class,
            orchestration::on,
            (report, failure) -> {},
            (owner, failure) -> {});
    evaluation =
        processor(
            Topics.EVALUATION_EVENTS,
            EvaluationEvent.class,
            orchestration::on,
            orchestration::cannotHandle,
            orchestration::cannotRead);
  }

  @Incoming("dataset-events")
  @Blocking
  void dataset(byte[] event) throws Exception {
    dataset.process(event, 1);
  }

  @Incoming("training-events")
  @Blocking
  void training(byte[] event) throws Exception {
    training.process(event, 1);
  }

  @Incoming("training-progress")
  @Blocking
  void progress(byte[] report) throws Exception {
    progress.process(report, 1);
  }

  @Incoming("evaluation-events")
  @Blocking
  void evaluation(byte[] event) throws Exception {
    evaluation.process(event, 1);
  }

  private <T> WorkProcessor<T> processor(
      String topic,
      Class<T> type,
      Consumer<T> handle,
      BiConsumer<T, Failure> failed,
      BiConsumer<Owner, Failure> unreadable) {
    WorkHandler<T> handler =
        new WorkHandler<>() {
          @Override
          public void handle(T event) throws StateUnavailableException {
            inTransaction(() -> handle.accept(event));
          }

          @Override
          public void failed(T event, Failure failure) throws StateUnavailableException {
            inTransaction(() -> failed.accept(event, failure));
          }

          @Override
          public void unreadable(Owner owner, Failure failure) throws StateUnavailableException {
            inTransaction(() -> unreadable.accept(owner, failure));
          }
        };
    return new WorkProcessor<>(topic, type, codec, handler, deadLetters, PATIENT);
  }

  private static void inTransaction(Runnable task) throws StateUnavailableException {
    try {
      QuarkusTransaction.requiringNew().run(task);
    } catch (RuntimeException e) {
      StateUnavailableException.throwIfPassing(e);
      throw e;
    }
  }
}
