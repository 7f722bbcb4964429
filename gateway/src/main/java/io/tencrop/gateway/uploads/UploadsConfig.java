package io.tencrop.gateway.uploads;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the files that come in for data sets. */
@ConfigMapping(prefix = "tencrop.gateway.uploads")
interface UploadsConfig {
  /** What a file may have. The dataset service reads archives of as much. */
  @WithDefault("20G")
  MemorySize maxSize();

  /** After so long an upload that was not completed is removed. */
  @WithDefault("3d")
  Duration lifetime();

  /** How many requests may bring bytes at a time; each holds about 16 MiB of memory. */
  @WithDefault("8")
  int atOnce();

  /** How often expired uploads are looked for. */
  @WithDefault("1h")
  Duration cleanUpEvery();
}
