package io.tencrop.evaluator.prediction;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of predictions. */
@ConfigMapping(prefix = "tencrop.evaluator.predictions")
interface PredictionConfig {
  /** What the weights of the networks that stay in memory may take together. */
  @WithDefault("1G")
  MemorySize networks();

  /** A network that was not asked for so long leaves memory. */
  @WithDefault("30m")
  Duration idle();

  /** Requests that may wait for their turn; one more is told to come back. */
  @WithDefault("8")
  int queue();

  /** From a request's arrival to its answer; the gateway waits a little longer. */
  @WithDefault("55s")
  Duration patience();

  /** Images of one request. */
  @WithDefault("64")
  int maxImages();

  /** Of an image. Decoding takes about 6 bytes of heap for each. */
  @WithDefault("32000000")
  long maxPixels();
}
