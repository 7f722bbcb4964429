package io.tencrop.dataset;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.ShareGroups;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.event.DatasetRequest;
import io.tencrop.contracts.event.PrepareShard;
import io.tencrop.dataset.registry.Datasets;
import io.tencrop.messaging.KafkaDeadLetters;
import io.tencrop.messaging.KafkaSetup;
import io.tencrop.messaging.KafkaSetup.ShareGroup;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.RetryPolicy;
import io.tencrop.messaging.WorkConsumer;
import io.tencrop.messaging.WorkHandler;
import io.tencrop.messaging.WorkProcessor;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.ImageDecoder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the service's work when all that it needs is there, and stops it in order. */
@ApplicationScoped
class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int SETUP = 1;
  private static final int WORK = 5000;

  private final DatasetConfig config;
  private final String bootstrapServers;
  private final ObjectStore store;
  private final Datasets datasets;
  private final MessageCodec codec;
  private final WorkHandler<DatasetRequest> requests;
  private final WorkHandler<PrepareShard> shards;
  private final List<WorkConsumer> consumers = new ArrayList<>();
  private @Nullable KafkaDeadLetters deadLetters;

  Workers(
      DatasetConfig config,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      ObjectStore store,
      Datasets datasets,
      MessageCodec codec,
      WorkHandler<DatasetRequest> requests,
      WorkHandler<PrepareShard> shards) {
    this.config = config;
    this.bootstrapServers = bootstrapServers;
    this.store = store;
    this.datasets = datasets;
    this.codec = codec;
    this.requests = requests;
    this.shards = shards;
  }

  private ShareGroup requestGroup() {
    return new ShareGroup(ShareGroups.DATASET_PREPARERS, config.requestLock());
  }

  private ShareGroup shardGroup() {
    return new ShareGroup(ShareGroups.SHARD_WRITERS, config.shardLock());
  }

  void setUp(@Observes @Priority(SETUP) StartupEvent event) throws IOException {
    KafkaSetup.ensure(bootstrapServers, List.of(requestGroup(), shardGroup()));
    store.ensureBuckets(Buckets.ALL);
    datasets.registerCatalog(config.localDir().orElse(null));
    LOG.info("JPEG images are decoded by {}", ImageDecoder.jpegDecoder());
  }

  void start(@Observes @Priority(WORK) StartupEvent event) {
    KafkaDeadLetters letters = new KafkaDeadLetters(bootstrapServers);
    deadLetters = letters;
    consumers.add(
        WorkConsumer.start(
            bootstrapServers,
            Topics.DATASET_REQUESTS,
            requestGroup(),
            new WorkProcessor<>(
                    Topics.DATASET_REQUESTS,
                    DatasetRequest.class,
                    codec,
                    requests,
                    letters,
                    RetryPolicy.DEFAULT)
                ::process));
    for (int i = 0; i < config.shardWorkers(); i++) {
      consumers.add(
          WorkConsumer.start(
              bootstrapServers,
              Topics.DATASET_SHARDS,
              shardGroup(),
              new WorkProcessor<>(
                      Topics.DATASET_SHARDS,
                      PrepareShard.class,
                      codec,
                      shards,
                      letters,
                      RetryPolicy.DEFAULT)
                  ::process));
    }
  }

  /** Whether work is being taken. */
  boolean running() {
    return !consumers.isEmpty() && consumers.stream().allMatch(WorkConsumer::isRunning);
  }

  void stop(@Observes @Priority(SETUP) ShutdownEvent event) {
    consumers.parallelStream().forEach(WorkConsumer::close);
    if (deadLetters != null) {
      deadLetters.close();
    }
  }
}
