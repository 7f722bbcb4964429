package io.tencrop.evaluator.bank;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the bank is filled and what it keeps. */
@ConfigMapping(prefix = "tencrop.evaluator")
interface BankConfig {
  /**
   * Floating-point operations of a slice: what a replica takes on at a time, and loses when it
   * dies. An evaluation of one slice is done at once.
   */
  @WithDefault("5000000000000")
  long sliceOperations();

  /** What the logits of an entry may take as float32; those of larger ones are kept as float16. */
  @WithDefault("256M")
  MemorySize float16Above();
}
