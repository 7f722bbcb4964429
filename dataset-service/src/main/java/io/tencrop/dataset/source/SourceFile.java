package io.tencrop.dataset.source;

/**
 * A file that a source consists of.
 *
 * @param role what it is to the source, for example {@code train-images}
 * @param location a path, the name of a resource, or a key in the bucket of uploads
 * @param sha256 of the file as it lies there
 */
record SourceFile(String role, Place place, String location, String sha256) {
  /** Where a file is kept. */
  enum Place {
    /** In the file system of every replica. */
    LOCAL,
    /** In the program itself. */
    RESOURCE,
    /** In the object store. */
    STORED
  }
}
