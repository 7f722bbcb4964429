package io.tencrop.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Local copies of immutable files, named by their SHA-256, in one directory of bounded size.
 * Several threads and several processes may share the directory.
 *
 * <p>A file in use is held by a {@link Lease}, and is not evicted. When the bound is passed, those
 * that were used least recently go first; when all are in use, the bound is passed for that long.
 * The digest is checked when a file is fetched, and when a process meets a file for the first time.
 */
public final class FileCache {
  private static final String DATA = ".data";
  private static final String PART = ".part";
  private static final Duration STALE_PART = Duration.ofHours(6);

  private final Path directory;
  private final long maxBytes;
  private final UseLocks locks;
  private final Set<String> verified = ConcurrentHashMap.newKeySet();

  /** A file is fetched by one thread at a time; two files seldom share a lock. */
  private final List<Object> fetching = Stream.generate(Object::new).limit(64).toList();

  /**
   * @param directory created when it does not exist
   * @param maxBytes that the files in it should not pass together
   */
  public FileCache(Path directory, long maxBytes) throws IOException {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes);
    }
    this.directory = Files.createDirectories(directory).toRealPath();
    this.maxBytes = maxBytes;
    this.locks = UseLocks.of(this.directory);
    removeStaleParts();
  }

  /** Brings a file that the cache does not have. */
  @FunctionalInterface
  public interface Fetch {
    /** Write the content to {@code target}, which does not exist yet. */
    void to(Path target) throws IOException;
  }

  /** The local copy of an object, fetched from the store when it is not here. */
  public Lease acquire(ObjectStore store, String bucket, String key, String sha256)
      throws IOException {
    return acquire(sha256, target -> store.download(bucket, key, sha256, target));
  }

  /**
   * The local copy of the file with this content.
   *
   * @param sha256 of the content, in lower-case hex
   * @param fetch called when it is not here
   * @throws ObjectCorruptException when what was fetched has another digest
   */
  public Lease acquire(String sha256, Fetch fetch) throws IOException {
    if (!Digests.isSha256(sha256)) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + sha256);
    }
    UseLocks.Use use = locks.share(sha256);
    try {
      synchronized (fetching.get(Math.floorMod(sha256.hashCode(), fetching.size()))) {
        ensurePresent(sha256, fetch);
      }
      Files.setLastModifiedTime(data(sha256), FileTime.from(Instant.now()));
      evict();
    } catch (IOException | RuntimeException e) {
      use.close();
      throw e;
    }
    return new Lease(data(sha256), use);
  }

  private Path data(String sha256) {
    return directory.resolve(sha256 + DATA);
  }

  private void ensurePresent(String sha256, Fetch fetch) throws IOException {
    Path data = data(sha256);
    if (Files.exists(data)) {
      if (verified.contains(sha256) || Digests.sha256(data).equals(sha256)) {
        verified.add(sha256);
        return;
      }
      Files.deleteIfExists(data);
    }
    Path part = directory.resolve(sha256 + "." + UUID.randomUUID() + PART);
    try {
      fetch.to(part);
      String actual = Digests.sha256(part);
      if (!actual.equals(sha256)) {
        throw new ObjectCorruptException("a fetched file", sha256, actual, Files.size(part));
      }
      Files.move(part, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      verified.add(sha256);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private record Entry(String sha256, long bytes, FileTime used) {}

  /** Removes what was used least recently until the rest is within the bound. */
  private synchronized void evict() throws IOException {
    List<Entry> entries = entries();
    long total = entries.stream().mapToLong(Entry::bytes).sum();
    entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::sha256));
    for (Entry entry : entries) {
      if (total <= maxBytes) {
        return;
      }
      if (locks.ifUnused(entry.sha256(), () -> Files.deleteIfExists(data(entry.sha256())))) {
        verified.remove(entry.sha256());
        total -= entry.bytes();
      }
    }
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files(DATA)) {
      String name = file.getFileName().toString();
      String sha256 = name.substring(0, name.length() - DATA.length());
      try {
        entries.add(new Entry(sha256, Files.size(file), Files.getLastModifiedTime(file)));
      } catch (NoSuchFileException e) {
        continue; // another process evicted it meanwhile
      }
    }
    return entries;
  }

  private void removeStaleParts() throws IOException {
    Instant limit = Instant.now().minus(STALE_PART);
    for (Path part : files(PART)) {
      try {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(limit)) {
          Files.deleteIfExists(part);
        }
      } catch (NoSuchFileException e) {
        continue; // its writer is done with it
      }
    }
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  /** The right to use a local copy; it stays where it is until this is closed. */
  public static final class Lease implements AutoCloseable {
    private final Path path;
    private final UseLocks.Use use;

    private Lease(Path path, UseLocks.Use use) {
      this.path = path;
      this.use = use;
    }

    /** The file; not to be changed. */
    public Path path() {
      return path;
    }

    /** Gives the file back; closing twice does nothing more. */
    @Override
    public void close() throws IOException {
      use.close();
    }
  }
}
