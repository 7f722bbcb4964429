package io.tencrop.messaging;

import io.tencrop.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Topics and share groups with the settings that the services count on. Every service calls it
 * before its consumers start; whoever comes first creates, the others find it done.
 */
public final class KafkaSetup {
  /**
   * Each replica that takes part in a share group is given some of the topic's partitions, and
   * shares them only when there are more replicas than partitions. With one partition any free
   * replica takes the next record.
   */
  private static final int WORK_PARTITIONS = 1;

  private static final int EVENT_PARTITIONS = 4;

  /** A request for the report of thousands of runs takes some megabytes. */
  public static final int MAX_MESSAGE_BYTES = 16 << 20;

  private static final Set<String> WORK_TOPICS =
      Set.of(
          Topics.DATASET_REQUESTS,
          Topics.DATASET_SHARDS,
          Topics.TRAINING_SEGMENTS,
          Topics.EVALUATION_REQUESTS);

  private KafkaSetup() {}

  /**
   * A share group.
   *
   * @param lock how long a replica may take for one record, without renewal; a dead replica's
   *     record returns at once all the same
   */
  public record ShareGroup(String name, Duration lock) {}

  /**
   * Creates what is missing and sets the groups' configuration.
   *
   * @throws IllegalStateException when the broker cannot be reached or refuses
   */
  public static void ensure(String bootstrapServers, Collection<ShareGroup> groups) {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                "60000"))) {
      createTopics(admin);
      for (ShareGroup group : groups) {
        configure(admin, group);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while setting up Kafka at " + bootstrapServers, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "cannot set up topics and groups on Kafka at " + bootstrapServers + ": " + e.getCause(),
          e.getCause());
    }
  }

  private static void createTopics(Admin admin) throws InterruptedException, ExecutionException {
    List<NewTopic> topics = new ArrayList<>();
    for (String topic : Topics.ALL) {
      topics.add(
          new NewTopic(
                  topic,
                  Optional.of(WORK_TOPICS.contains(topic) ? WORK_PARTITIONS : EVENT_PARTITIONS),
                  Optional.empty())
              .configs(Map.of("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES))));
      topics.add(new NewTopic(Topics.deadLetter(topic), Optional.of(1), Optional.empty()));
    }
    for (var created : admin.createTopics(topics).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  private static void configure(Admin admin, ShareGroup group)
      throws InterruptedException, ExecutionException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group.name());
    List<AlterConfigOp> settings =
        List.of(
            set("share.auto.offset.reset", "earliest"),
            set("share.record.lock.duration.ms", Long.toString(group.lock().toMillis())));
    admin.incrementalAlterConfigs(Map.of(resource, settings)).all().get();
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }
}
