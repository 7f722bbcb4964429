package io.tencrop.dataset;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tencrop.messaging.KafkaTestServer;
import io.tencrop.storage.S3Server;
import io.tencrop.storage.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Real Kafka, PostgreSQL and S3 servers, once for all tests of the module. */
public final class Servers implements QuarkusTestResourceLifecycleManager {
  private KafkaTestServer kafka;
  private EmbeddedPostgres postgres;
  private S3Server s3;
  private CuttingRelay relay;

  @Override
  public Map<String, String> start() {
    try {
      Path directory =
          Files.createTempDirectory(Files.createDirectories(Path.of("target")), "servers-");
      CompletableFuture<Void> broker =
          CompletableFuture.runAsync(() -> kafka = KafkaTestServer.start());
      postgres = EmbeddedPostgres.builder().start();
      s3 = S3Server.start(directory.resolve("objects"));
      broker.join();
      StoreSettings store = s3.settings();
      relay = CuttingRelay.start(URI.create(store.endpoint()).getPort());
      return Map.of(
          "kafka.bootstrap.servers", kafka.bootstrapServers(),
          "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
          "quarkus.datasource.username", "postgres",
          "quarkus.datasource.password", "postgres",
          "tencrop.store.endpoint", "http://127.0.0.1:" + relay.port(),
          "tencrop.store.access-key", store.accessKey(),
          "tencrop.store.secret-key", store.secretKey(),
          "tencrop.dataset.work-dir", directory.resolve("work").toAbsolutePath().toString(),
          "quarkus.http.test-port", "0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    kafka.close();
    s3.close();
    try {
      relay.close();
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
