package io.tencrop.trainer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tencrop.messaging.KafkaTestServer;
import io.tencrop.storage.S3Server;
import io.tencrop.storage.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Kafka and an object store for the service under test. */
public final class Servers implements QuarkusTestResourceLifecycleManager {
  private KafkaTestServer kafka;
  private S3Server s3;

  @Override
  public Map<String, String> start() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "servers-");
      kafka = KafkaTestServer.start();
      s3 = S3Server.start(directory.resolve("objects"));
      StoreSettings store = s3.settings();
      return Map.of(
          "kafka.bootstrap.servers", kafka.bootstrapServers(),
          "tencrop.store.endpoint", store.endpoint(),
          "tencrop.store.access-key", store.accessKey(),
          "tencrop.store.secret-key", store.secretKey(),
          "tencrop.trainer.name", "trainer-under-test",
          "tencrop.trainer.segment-target", "PT0.1S",
          "tencrop.trainer.cache-dir", directory.resolve("cache").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (s3 != null) {
      s3.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }
}
