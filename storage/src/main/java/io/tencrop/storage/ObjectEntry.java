package io.tencrop.storage;

/**
 * An object in a listing.
 *
 * @param bytes its length
 */
public record ObjectEntry(String key, long bytes) {}
