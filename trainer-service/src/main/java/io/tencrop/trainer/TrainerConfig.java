package io.tencrop.trainer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code tencrop.trainer.*}. */
@ConfigMapping(prefix = "tencrop.trainer")
interface TrainerConfig {
  /** What people see as the name of this replica; absent: the host's name and the process id. */
  Optional<String> name();

  /**
   * How long a segment trains. Shorter loses less with a killed replica and shares replicas more
   * finely; longer spends less on checkpoints.
   */
  @WithDefault("45s")
  Duration segmentTarget();

  /**
   * How long a replica may keep a segment, all tries and the longest epoch's validation included,
   * before it is given to another one. A dead replica's segment moves at once.
   */
  @WithDefault("15m")
  Duration segmentLock();

  /** How long a stop waits for the step at hand; then the broker notices by itself. */
  @WithDefault("5s")
  Duration stopTimeout();

  /** Local copies of shards and checkpoints; replicas on one machine may share it. */
  @WithDefault("${java.io.tmpdir}/tencrop-trainer-cache")
  Path cacheDir();

  /** What the local copies should not pass together. */
  @WithDefault("8G")
  MemorySize cacheSize();
}
