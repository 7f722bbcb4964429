package io.tencrop.evaluator;

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

/** Kafka, PostgreSQL and an S3 server, once for all tests of the service. */
public final class TestServers implements QuarkusTestResourceLifecycleManager {
  private KafkaTestServer kafka;
  private EmbeddedPostgres postgres;
  private S3Server s3;

  @Override
  public Map<String, String> start() {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      kafka = KafkaTestServer.start();
      postgres = EmbeddedPostgres.start();
      s3 = S3Server.start(Files.createTempDirectory(target, "s3-"));
      StoreSettings store = s3.settings();
      return Map.of(
          "kafka.bootstrap.servers",
          kafka.bootstrapServers(),
          "quarkus.datasource.jdbc.url",
          postgres.getJdbcUrl("postgres", "postgres"),
          "quarkus.datasource.username",
          "postgres",
          "quarkus.datasource.password",
          "postgres",
          "tencrop.store.endpoint",
          store.endpoint(),
          "tencrop.store.access-key",
          store.accessKey(),
          "tencrop.store.secret-key",
          store.secretKey(),
          "tencrop.evaluator.cache-dir",
          Files.createTempDirectory(target, "cache-").toString(),
          // Enough for some 78 images of ten crops, so larger splits are cut into slices.
          "tencrop.evaluator.slice-operations",
          "300000");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    try {
      kafka.close();
      s3.close();
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
