package io.tencrop.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tencrop.storage.StoreSettings;

/** {@code tencrop.store.*}: the object store. */
@ConfigMapping(prefix = "tencrop.store")
interface StoreConfig {
  /** For example {@code http://localhost:9000}. */
  @WithDefault("http://localhost:9000")
  String endpoint();

  String accessKey();

  String secretKey();

  default StoreSettings settings() {
    return new StoreSettings(endpoint(), accessKey(), secretKey());
  }
}
