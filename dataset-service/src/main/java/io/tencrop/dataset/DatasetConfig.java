package io.tencrop.dataset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How the service works. */
@ConfigMapping(prefix = "tencrop.dataset")
public interface DatasetConfig {
  /** For files on their way, and local copies of sources. */
  @WithDefault("${java.io.tmpdir}/tencrop-dataset")
  Path workDir();

  /** May hold copies of the catalog's data sets, which are then not downloaded. */
  Optional<Path> localDir();

  /** That decode and augment images, for all shards together; by default one for each core. */
  OptionalInt threads();

  /** How many shards, with their variants, this replica writes at a time. */
  @WithDefault("2")
  int shardWorkers();

  /**
   * How long a request may take until another replica may take it: reading a source through and
   * bringing it into the object store. The broker must allow as much.
   */
  @WithDefault("15m")
  Duration requestLock();

  /** How long a shard may take until another replica may take it. */
  @WithDefault("15m")
  Duration shardLock();

  /** That local copies of sources may take together. */
  @WithDefault("21474836480")
  long cacheBytes();

  /** That a downloaded file or an archive may have, also uncompressed. */
  @WithDefault("21474836480")
  long maxArchiveBytes();
}
