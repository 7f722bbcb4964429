package io.tencrop.messaging;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker in this JVM, its data under {@code target/}. */
public final class KafkaTestServer implements AutoCloseable {
  private final Properties properties;
  private final int port;
  private KafkaRaftServer server;

  private KafkaTestServer(Properties properties, int port) {
    this.properties = properties;
    this.port = port;
    this.server = run(properties);
  }

  public static KafkaTestServer start() {
    try {
      int port = freePort();
      int controllerPort = freePort();
      Path directory =
          Files.createTempDirectory(Files.createDirectories(Path.of("target")), "kafka-");
      Properties properties = new Properties();
      try (var settings =
          KafkaTestServer.class.getResourceAsStream("/kafka-test-server.properties")) {
        properties.load(settings);
      }
      properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
      properties.setProperty(
          "listeners",
          "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
      properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
      properties.setProperty("log.dirs", directory.resolve("data").toString());
      Path file = directory.resolve("server.properties");
      try (var writer = Files.newBufferedWriter(file)) {
        properties.store(writer, null);
      }
      kafka.tools.StorageTool.execute(
          new String[] {"format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", file.toString()},
          new PrintStream(PrintStream.nullOutputStream()));
      return new KafkaTestServer(properties, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KafkaRaftServer run(Properties properties) {
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    server.startup();
    return server;
  }

  /** Stops the broker. */
  public void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** Starts it again after {@link #stop}, on the same port and data. */
  public void startAgain() {
    server = run(properties);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    stop();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
