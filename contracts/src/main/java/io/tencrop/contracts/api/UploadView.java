package io.tencrop.contracts.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to the object store, or there.
 *
 * @param name of the file; absent when it was not told
 * @param bytes that it has in all
 * @param offset how many of them have arrived
 * @param expiresAt when it is removed unless it is complete by then; absent when it is
 * @param uri for the source of a data set; absent until it is complete
 * @param sha256 of the content; absent until it is complete
 */
public record UploadView(
    UUID id,
    @Nullable String name,
    long bytes,
    long offset,
    @Nullable Instant expiresAt,
    @Nullable String uri,
    @Nullable String sha256) {}
