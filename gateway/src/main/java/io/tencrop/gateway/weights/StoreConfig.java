package io.tencrop.gateway.weights;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the object store is. */
@ConfigMapping(prefix = "tencrop.store")
interface StoreConfig {
  @WithDefault("http://localhost:9000")
  String endpoint();

  String accessKey();

  String secretKey();
}
