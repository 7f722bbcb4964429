package io.tencrop.storage;

/**
 * An object as it was written.
 *
 * @param sha256 of its content, in lower-case hex
 * @param bytes its length
 */
public record StoredObject(String bucket, String key, String sha256, long bytes) {}
