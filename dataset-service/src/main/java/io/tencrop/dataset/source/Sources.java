package io.tencrop.dataset.source;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of sources, and the images that they name. A snapshot is kept in the bucket of uploads
 * under its digest, and taken again only when the source's fingerprint has changed. Safe for use by
 * several threads.
 */
public final class Sources {
  private final ObjectStore store;
  private final MessageCodec codec;
  private final SnapshotIndex index;
  private final SourceFiles files;
  private final IdxSource idx;
  private final FolderSource folders;
  private final CifarSource cifar;
  private volatile @Nullable Taken recent;

  /**
   * @param cache for files of sources that lie in the object store
   * @param workDirectory for files on their way
   * @param maxArchiveBytes that a downloaded file or an archive may have
   */
  public Sources(
      ObjectStore store,
      FileCache cache,
      MessageCodec codec,
      SnapshotIndex index,
      Path workDirectory,
      long maxArchiveBytes)
      throws IOException {
    this.store = store;
    this.codec = codec;
    this.index = index;
    this.files = new SourceFiles(store, cache);
    Downloads downloads = new Downloads(store, workDirectory, maxArchiveBytes);
    this.idx = new IdxSource(files, downloads, codec);
    this.folders = new FolderSource(files, downloads, codec, maxArchiveBytes);
    this.cifar = new CifarSource(downloads, codec, maxArchiveBytes);
  }

  /** Remembers which snapshot a source had. */
  public interface SnapshotIndex {
    /** The digest of the snapshot that was taken of the source in this state. */
    Optional<String> find(String sourceKey, String fingerprint);

    /** Remembers it. */
    void save(String sourceKey, String fingerprint, String snapshotSha256);
  }

  /**
   * A snapshot, and where it is kept.
   *
   * @param sha256 of its document
   */
  public record Taken(String sha256, SourceSnapshot snapshot) {}

  /**
   * What the source holds now.
   *
   * @throws io.tencrop.messaging.PermanentFailureException when it cannot be read or is not what it
   *     should be
   */
  public Taken snapshot(Source source) throws IOException, InterruptedException {
    SourceKind kind =
        switch (source.type()) {
          case IMAGE_FOLDER -> folders;
          case CIFAR -> cifar;
          case IDX, BUILTIN -> idx;
        };
    String key = Digests.sha256(codec.encode(source));
    String fingerprint = kind.fingerprint(source);
    Optional<Taken> known = known(key, fingerprint);
    if (known.isPresent()) {
      return known.get();
    }
    SourceSnapshot snapshot = kind.take(source);
    byte[] document = codec.encode(snapshot);
    String sha256 = Digests.sha256(document);
    store.putIfAbsent(Buckets.UPLOADS, key(sha256), document);
    index.save(key, fingerprint, sha256);
    return new Taken(sha256, snapshot);
  }

  private Optional<Taken> known(String key, String fingerprint) throws IOException {
    Optional<String> sha256 = index.find(key, fingerprint);
    if (sha256.isEmpty()) {
      return Optional.empty();
    }
    try {
      SourceSnapshot snapshot = load(sha256.get());
      for (SourceFile file : snapshot.files()) {
        if (file.place() == SourceFile.Place.STORED
            && !store.exists(Buckets.UPLOADS, file.location())) {
          return Optional.empty();
        }
      }
      return Optional.of(new Taken(sha256.get(), snapshot));
    } catch (ObjectMissingException e) {
      return Optional.empty(); // somebody emptied the bucket: take it anew
    }
  }

  /**
   * A snapshot that was taken before, by any replica.
   *
   * @throws io.tencrop.storage.ObjectMissingException when it is gone
   */
  public SourceSnapshot load(String sha256) throws IOException {
    Taken last = recent;
    if (last != null && last.sha256().equals(sha256)) {
      return last.snapshot();
    }
    byte[] document = store.get(Buckets.UPLOADS, key(sha256), sha256);
    try {
      SourceSnapshot snapshot = codec.decode(document, SourceSnapshot.class);
      recent = new Taken(sha256, snapshot);
      return snapshot;
    } catch (MessageFormatException e) {
      throw new IllegalStateException("snapshot " + sha256 + " is of another version", e);
    }
  }

  private static String key(String sha256) {
    return "snapshots/" + sha256 + ".json";
  }

  /** The images of a snapshot, for one thread. */
  public SourceImages open(SourceSnapshot snapshot) throws IOException {
    return switch (snapshot.layout()) {
      case IDX -> new IdxImages(snapshot, files);
      case CIFAR -> CifarImages.open(snapshot, files);
      case DIRECTORY, BUCKET, ZIP, TAR -> FolderImages.open(snapshot, files);
    };
  }
}
