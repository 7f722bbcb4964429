package io.tencrop.storage;

/** An object of this name exists already and has other content; it was left as it is. */
public final class ObjectConflictException extends ObjectStoreException {
  ObjectConflictException(String bucket, String key, String ours, String theirs) {
    super(
        "object %s/%s exists with other content: SHA-256 %s, not %s"
            .formatted(bucket, key, theirs, ours),
        null);
  }
}
