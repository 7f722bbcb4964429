package io.tencrop.storage;

/**
 * An object in a listing.
 *
 * @param bytes its length
 * @param etag what the server calls this content; changes when the object is replaced
 */
public record ObjectEntry(String key, long bytes, String etag) {}
