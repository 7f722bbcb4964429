package io.tencrop.evaluator;

import io.tencrop.contracts.Topics;
import io.tencrop.contracts.event.EvaluationRequest;
import io.tencrop.evaluator.bank.CheckpointEvaluation;
import io.tencrop.evaluator.checkpoint.CheckpointAveraging;
import io.tencrop.evaluator.report.Reports;
import io.tencrop.evaluator.results.Results;
import io.tencrop.evaluator.teacher.TeacherComposition;
import io.tencrop.messaging.DeadLetters;
import io.tencrop.messaging.KafkaDeadLetters;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.RetryPolicy;
import io.tencrop.messaging.WorkProcessor;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together, and what all of them use. */
final class EvaluatorBeans {
  private EvaluatorBeans() {}

  @Produces
  @Singleton
  static MessageCodec codec() {
    return new MessageCodec();
  }

  @Produces
  @Singleton
  static ObjectStore store(StoreConfig config) {
    return ObjectStore.connect(config.settings());
  }

  static void close(@Disposes ObjectStore store) {
    store.close();
  }

  @Produces
  @Singleton
  static KafkaDeadLetters deadLetters(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    return new KafkaDeadLetters(bootstrapServers);
  }

  static void close(@Disposes KafkaDeadLetters deadLetters) {
    deadLetters.close();
  }

  /** Of shards and weights. */
  @Produces
  @Singleton
  static FileCache files(EvaluatorConfig config) throws IOException {
    return new FileCache(config.cacheDir(), config.cacheSize().asLongValue());
  }

  @Produces
  @Singleton
  static WorkProcessor<EvaluationRequest> processor(
      MessageCodec codec,
      CheckpointEvaluation evaluation,
      CheckpointAveraging averaging,
      TeacherComposition teachers,
      Reports reports,
      Results results,
      EvaluationEvents events,
      EvaluationWorkItems work,
      DeadLetters deadLetters) {
    return new WorkProcessor<>(
        Topics.EVALUATION_REQUESTS,
        EvaluationRequest.class,
        codec,
        new EvaluationRequests(evaluation, averaging, teachers, reports, results, events, work),
        deadLetters,
        RetryPolicy.DEFAULT);
  }
}
