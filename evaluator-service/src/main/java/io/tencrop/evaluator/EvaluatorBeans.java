package io.tencrop.evaluator;

import io.micrometer.core.instrument.MeterRegistry;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.event.EvaluationRequest;
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

/** Puts the parts together. */
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
  static Comparisons comparisons(EvaluatorConfig config, ObjectStore store, Results results) {
    LogitStore bank = new LogitStore(store, config.float16Above().asLongValue());
    return new Comparisons(results, new ReportComposer(new BankedMembers(bank)));
  }

  @Produces
  @Singleton
  static WorkProcessor<EvaluationRequest> processor(
      EvaluatorConfig config,
      FileCache cache,
      ObjectStore store,
      MessageCodec codec,
      Results results,
      NetworkCosts costs,
      SharedWeights shared,
      WrongImages wrongImages,
      EvaluationEvents events,
      EvaluationWorkItems work,
      DeadLetters deadLetters,
      MeterRegistry meters) {
    LogitStore bank = new LogitStore(store, config.float16Above().asLongValue());
    PreparedSplits splits = new PreparedSplits(store, cache, codec);
    Networks networks = new EngineNetworks();
    BankFilling filling =
        new BankFilling(
            store,
            cache,
            splits,
            bank,
            new Slicing(config.sliceOperations(), EngineNetworks::operations),
            networks,
            meters.counter("tencrop.evaluator.crops"));
    CheckpointEvaluation evaluation = new CheckpointEvaluation(filling);
    ReportComposer composer = new ReportComposer(new BankedMembers(bank));
    RunDiagnoses diagnoses = new RunDiagnoses(bank);
    MostWrong mostWrong = new MostWrong(bank, wrongImages);
    TeacherComposition teachers =
        new TeacherComposition(
            store,
            codec,
            results,
            new TrainingLogits(store, cache, splits, bank, networks, filling));
    EntryCosts entryCosts =
        new EntryCosts(
            new CostMeter(store, cache, splits, networks, costs, new CallTimer(System::nanoTime)));
    return new WorkProcessor<>(
        Topics.EVALUATION_REQUESTS,
        EvaluationRequest.class,
        codec,
        new EvaluationRequests(
            evaluation,
            new CheckpointAveraging(store, cache, codec, new BatchNormPass(splits)),
            composer,
            teachers,
            entryCosts,
            diagnoses,
            mostWrong,
            new Retention(bank, shared),
            results,
            events,
            work),
        deadLetters,
        RetryPolicy.DEFAULT);
  }
}
