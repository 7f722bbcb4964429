package io.tencrop.gateway.weights;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Settings of the weights that come in and go out. */
@ConfigMapping(prefix = "tencrop.gateway.weights")
interface WeightsConfig {
  /** What an uploaded file may have. VGG-16 in float64 takes 1.1 GB. */
  @WithDefault("2G")
  MemorySize maxSize();

  /** Local copies of weights that are exported, and uploads until they are in the object store. */
  @WithDefault("${java.io.tmpdir}/tencrop-gateway")
  Path cacheDir();

  /** What the local copies should not pass together. */
  @WithDefault("4G")
  MemorySize cacheSize();
}
