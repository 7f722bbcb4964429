package io.tencrop.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tencrop.storage.S3Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/** A real PostgreSQL and a real Kafka for the tests of one JVM. */
public class Servers implements QuarkusTestResourceLifecycleManager {
  private EmbeddedPostgres postgres;
  private KafkaRaftServer kafka;
  private S3Server s3;

  @Override
  public Map<String, String> start() {
    try {
      Path directory = Files.createDirectories(Path.of("target", "servers"));
      postgres =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(directory.resolve("postgres").toFile())
              .start();
      String bootstrap = startKafka(Files.createTempDirectory(directory.toAbsolutePath(), "kafka"));
      Map<String, String> config = new HashMap<>();
      config.put("kafka.bootstrap.servers", bootstrap);
      config.put("quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"));
      config.put("quarkus.datasource.username", "postgres");
      config.put("quarkus.datasource.password", "postgres");
      s3 = S3Server.start(Files.createTempDirectory(directory.toAbsolutePath(), "objects"));
      config.put("tencrop.store.endpoint", s3.settings().endpoint());
      config.put("tencrop.store.access-key", s3.settings().accessKey());
      config.put("tencrop.store.secret-key", s3.settings().secretKey());
      config.put(
          "tencrop.gateway.weights.cache-dir",
          Files.createTempDirectory(directory.toAbsolutePath(), "weights").toString());
      config.put("tencrop.gateway.weights.max-size", "4M");
      config.put("tencrop.gateway.uploads.max-size", "6M");
      config.put("tencrop.evaluator-service.url", "http://127.0.0.1:" + freePort());
      config.put("tencrop.dataset-service.url", "http://127.0.0.1:" + freePort());
      return config;
    } catch (IOException e) {
      throw new IllegalStateException("the servers do not start", e);
    }
  }

  private String startKafka(Path directory) throws IOException {
    int port = freePort();
    int controller = freePort();
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@127.0.0.1:" + controller,
            "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller),
            "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "log.dirs", directory.resolve("logs").toString(),
            "group.initial.rebalance.delay.ms", "0"));
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1"));
    Path file = directory.resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    StorageTool.execute(
        new String[] {"format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", file.toString()}, System.out);
    kafka = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    kafka.startup();
    return "127.0.0.1:" + port;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void stop() {
    if (s3 != null) {
      s3.close();
    }
    if (kafka != null) {
      kafka.shutdown();
      kafka.awaitShutdown();
    }
    if (postgres != null) {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new IllegalStateException("PostgreSQL does not stop", e);
      }
    }
  }
}
