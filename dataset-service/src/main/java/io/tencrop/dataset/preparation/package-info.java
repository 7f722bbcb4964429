/**
 * Preparation: from a request to shards and a manifest. A {@link
 * io.tencrop.dataset.preparation.Plan} says which images go into which shard and is a pure function
 * of the source and the options; {@link io.tencrop.dataset.preparation.RequestHandler} enrols the
 * experiment and hands the shards out, {@link io.tencrop.dataset.preparation.ShardHandler} writes
 * one, and whoever writes the last one writes the manifest and answers all who wait.
 */
@NullMarked
package io.tencrop.dataset.preparation;

import org.jspecify.annotations.NullMarked;
