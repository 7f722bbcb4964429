package io.tencrop.dataset.source;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectCorruptException;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;

/** Brings the files of sources into reach: as local paths whose content has been checked. */
final class SourceFiles {
  private final ObjectStore store;
  private final FileCache cache;
  private final ConcurrentHashMap<Path, Checked> checked = new ConcurrentHashMap<>();

  SourceFiles(ObjectStore store, FileCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /** A file that stays in place until this is closed. */
  record LocalFile(Path path, Closeable lease) implements Closeable {
    @Override
    public void close() throws IOException {
      lease.close();
    }
  }

  private record Checked(long bytes, long modified, String sha256) {}

  /**
   * The file, locally.
   *
   * @throws PermanentFailureException when it is gone or has changed
   */
  LocalFile open(SourceFile file) throws IOException {
    return switch (file.place()) {
      case LOCAL -> local(file);
      case RESOURCE -> leased(cache.acquire(file.sha256(), target -> extract(file, target)));
      case STORED -> stored(file);
    };
  }

  /** The objects below the URI, as a container of images. */
  ImageContainer container(SourceUri.Stored uri) {
    return new BucketContainer(store, uri);
  }

  private static LocalFile leased(FileCache.Lease lease) {
    return new LocalFile(lease.path(), lease::close);
  }

  private LocalFile local(SourceFile file) throws IOException {
    Path path = Path.of(file.location());
    String actual;
    try {
      actual = sha256(path);
    } catch (NoSuchFileException e) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE,
          "The file %s is gone. Put it back, on every machine that runs the dataset service."
              .formatted(path),
          e);
    }
    if (!actual.equals(file.sha256())) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_INVALID,
          "The file %s is another one than when the preparation began. Submit the experiment again."
              .formatted(path));
    }
    return new LocalFile(path, () -> {});
  }

  /** The digest of a local file; read again only when its size or time has changed. */
  String sha256(Path path) throws IOException {
    long bytes = Files.size(path);
    long modified = Files.getLastModifiedTime(path).toMillis();
    Checked known = checked.get(path);
    if (known != null && known.bytes() == bytes && known.modified() == modified) {
      return known.sha256();
    }
    String sha256 = Digests.sha256(path);
    checked.put(path, new Checked(bytes, modified, sha256));
    return sha256;
  }

  private static void extract(SourceFile file, Path target) throws IOException {
    try (InputStream in = resource(file.location())) {
      Files.copy(in, target);
    }
  }

  static InputStream resource(String name) {
    InputStream in = SourceFiles.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the program lacks its resource " + name);
    }
    return in;
  }

  private LocalFile stored(SourceFile file) throws IOException {
    try {
      return leased(cache.acquire(store, Buckets.UPLOADS, file.location(), file.sha256()));
    } catch (ObjectMissingException | ObjectCorruptException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "The copy of the source in the object store cannot be used: %s. Delete it and submit the experiment again."
              .formatted(e.getMessage()),
          e);
    }
  }
}
