package io.tencrop.dataset;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tencrop.messaging.KafkaTestServer;
import io.tencrop.storage.S3Server;
import io.tencrop.storage.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Real Kafka, PostgreSQL and S3 servers, once for all tests of the module. */
public final class Servers implements QuarkusTestResourceLifecycleManager {
  private KafkaTestServer kafka;
  private EmbeddedPostgres postgres;
  private S3Server s3;

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
      return Map.of(
          "kafka.bootstrap.servers", kafka.bootstrapServers(),
          "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
          "quarkus.datasource.username", "postgres",
          "quarkus.datasource.password", "postgres",
          "tencrop.store.endpoint", store.endpoint(),
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
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
