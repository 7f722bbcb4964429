package io.tencrop.storage;

/** There is no object of this name. Trying again does not help unless somebody writes it. */
public final class ObjectMissingException extends ObjectStoreException {
  ObjectMissingException(String bucket, String key) {
    super("object %s/%s does not exist".formatted(bucket, key), null);
  }
}
