package io.tencrop.contracts.data;

/**
 * A checkpoint as messages name it.
 *
 * @param id hex SHA-256 of the manifest at {@code Buckets.checkpointManifest(id)}
 * @param step optimizer updates so far
 * @param epoch whole epochs so far
 * @param weightsSha256 of the weights file
 */
public record CheckpointRef(String id, long step, int epoch, String weightsSha256) {}
