package io.tencrop.contracts.event;

import io.tencrop.contracts.SplitName;

/**
 * On {@code tencrop.dataset.shards}, keyed by prepared id: write one shard of a prepared data set,
 * and with it those variants of the same images that are missing. The dataset service sends it to
 * its own replicas.
 *
 * @param index of the shard within the split, from 0
 */
public record PrepareShard(String preparedId, SplitName split, int index) {}
