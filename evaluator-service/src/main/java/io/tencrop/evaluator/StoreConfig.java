package io.tencrop.evaluator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tencrop.storage.StoreSettings;

/** Where the object store is. */
@ConfigMapping(prefix = "tencrop.store")
interface StoreConfig {
  @WithDefault("http://localhost:9000")
  String endpoint();

  String accessKey();

  String secretKey();

  default StoreSettings settings() {
    return new StoreSettings(endpoint(), accessKey(), secretKey());
  }
}
