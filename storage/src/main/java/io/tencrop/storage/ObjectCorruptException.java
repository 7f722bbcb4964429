package io.tencrop.storage;

/** The object's bytes are not those that its digest promises. Trying again does not help. */
public final class ObjectCorruptException extends ObjectStoreException {
  ObjectCorruptException(String what, String expectedSha256, String actualSha256, long bytes) {
    super(
        "%s is corrupt: expected SHA-256 %s, found %s (%d bytes)"
            .formatted(what, expectedSha256, actualSha256, bytes),
        null);
  }
}
