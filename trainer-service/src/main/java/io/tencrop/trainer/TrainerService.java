package io.tencrop.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.ShareGroups;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.messaging.KafkaDeadLetters;
import io.tencrop.messaging.KafkaSetup;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.RetryPolicy;
import io.tencrop.messaging.WorkConsumer;
import io.tencrop.messaging.WorkProcessor;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.engine.EngineHost;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the service together, starts it and stops it. */
@ApplicationScoped
class TrainerService {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerService.class);

  private final TrainerConfig config;
  private final String bootstrapServers;
  private final ObjectStore store;
  private final TrainingEvents events;
  private final Cancellations cancellations;
  private final TrainingMetrics metrics;
  private final MessageCodec codec = new MessageCodec();
  private @Nullable Running running;

  TrainerService(
      TrainerConfig config,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      ObjectStore store,
      TrainingEvents events,
      Cancellations cancellations,
      MeterRegistry registry) {
    this.config = config;
    this.bootstrapServers = bootstrapServers;
    this.store = store;
    this.events = events;
    this.cancellations = cancellations;
    this.metrics = new TrainingMetrics(registry);
  }

  /** What is to be closed at the end. */
  private record Running(
      WorkConsumer consumer,
      SegmentWork work,
      ExecutorService writer,
      KafkaDeadLetters deadLetters) {}

  /** Before the channels start, so that their topics exist. */
  void prepare(@Observes @Priority(1) StartupEvent start) throws IOException {
    KafkaSetup.ensure(bootstrapServers, List.of(group()));
    store.ensureBuckets(Buckets.ALL);
  }

  /** After the channels have started, so that work can tell what it does. */
  void start(@Observes @Priority(Integer.MAX_VALUE) StartupEvent start) throws IOException {
    EngineHost.loadInBackground();
    String name = config.name().orElseGet(TrainerService::hostAndProcess);
    FileCache cache = new FileCache(config.cacheDir(), config.cacheSize().asLongValue());
    ExecutorService writer =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "checkpoint-writer"));
    SegmentWork work =
        new SegmentWork(
            name,
            config.segmentTarget(),
            new StoredRuns(store, cache, codec),
            new StoredCheckpoints(store, codec),
            events,
            cancellations,
            metrics,
            writer,
            System::nanoTime);
    KafkaDeadLetters deadLetters = new KafkaDeadLetters(bootstrapServers);
    WorkProcessor<TrainSegment> processor =
        new WorkProcessor<>(
            Topics.TRAINING_SEGMENTS,
            TrainSegment.class,
            codec,
            work,
            deadLetters,
            RetryPolicy.DEFAULT);
    WorkConsumer consumer =
        WorkConsumer.start(bootstrapServers, Topics.TRAINING_SEGMENTS, group(), processor::process);
    running = new Running(consumer, work, writer, deadLetters);
    LOG.info("Trainer {} takes segments of about {}", name, config.segmentTarget());
  }

  /** Leaves the segment at hand to another replica. */
  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    Running ending = running;
    if (ending == null) {
      return;
    }
    running = null;
    boolean left = ending.consumer().close(config.stopTimeout());
    ending.writer().shutdownNow();
    ending.deadLetters().close();
    if (left) {
      ending.work().close();
    } else {
      LOG.warn(
          "The step at hand took longer than {}; its segment is redelivered when this process has ended",
          config.stopTimeout());
    }
  }

  /** Whether segments are taken. */
  boolean isTaking() {
    Running current = running;
    return current != null && current.consumer().isRunning();
  }

  private KafkaSetup.ShareGroup group() {
    return new KafkaSetup.ShareGroup(ShareGroups.TRAINERS, config.segmentLock());
  }

  private static String hostAndProcess() {
    long process = ProcessHandle.current().pid();
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + process;
    } catch (UnknownHostException e) {
      LOG.debug("The host has no name", e);
      return "trainer-" + process;
    }
  }
}
