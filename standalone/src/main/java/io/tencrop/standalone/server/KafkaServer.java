package io.tencrop.standalone.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node, broker and controller at once (KRaft), for one machine: every replication factor
 * is 1 and it listens on loopback.
 *
 * <p>Arguments: directory, broker port, controller port, file to create when ready.
 */
public final class KafkaServer {
  private KafkaServer() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Properties settings = settings(directory, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    ServerLifecycle.exitWithParent();
    if (!Files.exists(directory.resolve("data/meta.properties"))) {
      format(directory, settings);
    }
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
    ServerLifecycle.onExit("kafka", server::shutdown);
    server.startup();
    ServerLifecycle.announceReady(Path.of(args[3]));
    server.awaitShutdown();
  }

  private static void format(Path directory, Properties settings) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("format.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      settings.store(writer, "Settings that the storage was formatted with");
    }
    int code =
        StorageTool.execute(
            new String[] {
              "format",
              "--cluster-id",
              Uuid.randomUuid().toString(),
              "--config",
              file.toString(),
              "--ignore-formatted"
            },
            System.out);
    if (code != 0) {
      throw new UncheckedIOException(
          new IOException("cannot format " + directory + " for Kafka, see above"));
    }
  }

  static Properties settings(Path directory, int brokerPort, int controllerPort) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.setProperty(
        "listeners",
        "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
    p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    p.setProperty("log.dirs", directory.resolve("data").toString());
    oneNode(p);
    longWork(p);
    longPauses(p);
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "3");
    p.setProperty("background.threads", "2");
    p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    p.setProperty("auto.create.topics.enable", "false");
    return p;
  }

  private static void oneNode(Properties p) {
    p.setProperty("default.replication.factor", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "4");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "4");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "4");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
  }

  /**
   * A record may be held by its worker for an hour, the most that Kafka allows, over a connection
   * that is silent meanwhile.
   */
  private static void longWork(Properties p) {
    p.setProperty("group.share.max.record.lock.duration.ms", hours(1));
    p.setProperty("connections.max.idle.ms", hours(12));
  }

  /** The platform may stay down for months and go on where it was. */
  private static void longPauses(Properties p) {
    p.setProperty("log.retention.hours", Integer.toString(24 * 180));
    p.setProperty("offsets.retention.minutes", Integer.toString(60 * 24 * 365));
  }

  private static String hours(int hours) {
    return Long.toString(hours * 3_600_000L);
  }
}
