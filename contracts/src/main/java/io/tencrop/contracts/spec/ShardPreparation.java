package io.tencrop.contracts.spec;

import org.jspecify.annotations.Nullable;

/**
 * What the bytes of the shards depend on, beside the source.
 *
 * @param resize side of the stored square image in pixels; absent: as in the source
 * @param channels 1 (grey) or 3 (RGB)
 */
public record ShardPreparation(@Nullable Integer resize, int channels, SplitSpec split) {}
