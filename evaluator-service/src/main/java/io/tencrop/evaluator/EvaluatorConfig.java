package io.tencrop.evaluator;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of an evaluator replica. */
@ConfigMapping(prefix = "tencrop.evaluator")
interface EvaluatorConfig {
  /** Where shards and weights are kept between requests; replicas on one machine may share it. */
  @WithDefault("${java.io.tmpdir}/tencrop-evaluator")
  Path cacheDir();

  /** What the cache should not pass. */
  @WithDefault("8G")
  MemorySize cacheSize();

  /** How long one request may take before another replica is given it. */
  @WithDefault("30m")
  Duration lock();
}
