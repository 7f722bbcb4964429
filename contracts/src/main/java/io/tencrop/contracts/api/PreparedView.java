package io.tencrop.contracts.api;

import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedFacts;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.spec.ShardPreparation;
import org.jspecify.annotations.Nullable;

/**
 * What was prepared of a data set, in full.
 *
 * @param licence of the images, where known
 * @param sourceDigest hex SHA-256 of the source's content
 * @param variants how often each training image is stored
 * @param bytes of all shards
 * @param rejected files of the source that are left out
 * @param facts absent when it was prepared by an earlier version
 */
public record PreparedView(
    PreparedDataset prepared,
    String dataset,
    @Nullable String licence,
    String sourceDigest,
    ShardPreparation preparation,
    int variants,
    int shards,
    long bytes,
    RejectedImages rejected,
    @Nullable PreparedFacts facts) {}
