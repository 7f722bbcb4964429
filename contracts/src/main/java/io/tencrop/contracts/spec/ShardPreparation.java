package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of the shards depend on, beside the source.
 *
 * @param resize side of the stored square image in pixels; absent: as in the source
 * @param channels 1 (grey) or 3 (RGB)
 * @param augment absent: training images are stored once, as they are
 */
public record ShardPreparation(
    @Nullable Integer resize, int channels, SplitSpec split, @Nullable ShardAugmentSpec augment) {

  /** How often each training image is stored. */
  @JsonIgnore
  public int variants() {
    return augment == null ? 1 : augment.variants();
  }
}
