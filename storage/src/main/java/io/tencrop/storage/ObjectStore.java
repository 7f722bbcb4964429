package io.tencrop.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Immutable objects in buckets. Safe for use by several threads.
 *
 * <p>Failures are {@link ObjectStoreException}s: {@link ObjectMissingException}, {@link
 * ObjectCorruptException} and {@link ObjectConflictException} stay as they are, {@link
 * StoreUnavailableException} may pass. Other {@link IOException}s are those of local files.
 */
public interface ObjectStore extends AutoCloseable {

  /** Connects lazily: nothing is sent until the first call. */
  static ObjectStore connect(StoreSettings settings) {
    return new MinioObjectStore(settings);
  }

  /** Creates the buckets that do not exist. */
  void ensureBuckets(Collection<String> buckets) throws IOException;

  /**
   * Writes an object unless one of this name exists. If one exists with the same content, that is
   * success.
   *
   * @throws ObjectConflictException when one exists with other content
   */
  StoredObject putIfAbsent(String bucket, String key, byte[] content) throws IOException;

  /** As {@link #putIfAbsent(String, String, byte[])}, with the content of a file of any size. */
  StoredObject putIfAbsent(String bucket, String key, Path file) throws IOException;

  /**
   * Writes an object that is named by its content: to a temporary file first, where the digest is
   * computed, then to the store, unless it is there already.
   *
   * @param key the object's key, from the lower-case hex SHA-256 of the content
   */
  StoredObject putByContent(String bucket, UnaryOperator<String> key, ContentWriter content)
      throws IOException;

  /**
   * Writes an object from a stream of unknown length, replacing one of the same name. Memory stays
   * bounded.
   *
   * @return with the digest of what was read
   */
  StoredObject put(String bucket, String key, InputStream content) throws IOException;

  /**
   * The whole content of a small object, not checked.
   *
   * @throws ObjectMissingException when there is none
   */
  byte[] get(String bucket, String key) throws IOException;

  /**
   * The whole content of a small object.
   *
   * @param sha256 that it must have, in lower-case hex
   * @throws ObjectMissingException when there is none
   * @throws ObjectCorruptException when it has another digest
   */
  byte[] get(String bucket, String key, String sha256) throws IOException;

  /**
   * Writes an object to a local file. The file appears only when it is complete and its digest is
   * right; a file of that name is replaced.
   *
   * @param sha256 that the content must have, in lower-case hex
   * @throws ObjectMissingException when there is no such object
   * @throws ObjectCorruptException when it has another digest
   */
  void download(String bucket, String key, String sha256, Path file) throws IOException;

  /**
   * The content as a stream, not checked; to be closed by the caller.
   *
   * @throws ObjectMissingException when there is no such object
   */
  InputStream open(String bucket, String key) throws IOException;

  /**
   * A part of the content as a stream, not checked; to be closed by the caller.
   *
   * @param from first byte, from 0
   * @param length in bytes, at least 1
   * @throws ObjectMissingException when there is no such object
   */
  InputStream open(String bucket, String key, long from, long length) throws IOException;

  /** Whether there is an object of this name. */
  boolean exists(String bucket, String key) throws IOException;

  /**
   * The length of an object in bytes.
   *
   * @throws ObjectMissingException when there is none
   */
  long size(String bucket, String key) throws IOException;

  /** The objects whose keys begin with {@code prefix}, in the order of their keys. */
  List<ObjectEntry> list(String bucket, String prefix) throws IOException;

  /** Removes an object; one that is not there is no error. */
  void delete(String bucket, String key) throws IOException;

  /** Ends its connections. */
  @Override
  void close();
}
