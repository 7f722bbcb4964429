package io.tencrop.dataset.source;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.dataset.source.SourceFiles.LocalFile;
import io.tencrop.dataset.source.SourceSnapshot.Layout;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Folders of images: a directory that every replica reads in place, or an archive that is kept in
 * the bucket of uploads (a tar.gz uncompressed, so that it can be read anywhere in it).
 */
final class FolderSource implements SourceKind {
  private static final String ARCHIVE = "archive";

  private final SourceFiles files;
  private final Downloads downloads;
  private final MessageCodec codec;
  private final long maxBytes;

  /**
   * @param maxBytes that an archive may have, also when its compression is undone
   */
  FolderSource(SourceFiles files, Downloads downloads, MessageCodec codec, long maxBytes) {
    this.files = files;
    this.downloads = downloads;
    this.codec = codec;
    this.maxBytes = maxBytes;
  }

  @Override
  public String fingerprint(Source source) throws IOException {
    Fingerprint fingerprint = new Fingerprint().with(source.uri());
    if (SourceUri.of(source.uri()) instanceof SourceUri.Local local) {
      Path path = existing(local.path());
      if (Files.isDirectory(path)) {
        try (DirectoryContainer directory = new DirectoryContainer(path)) {
          for (String file : directory.paths().stream().sorted().toList()) {
            fingerprint.with(path.resolve(file));
          }
        }
      } else {
        fingerprint.with(path);
      }
    } else if (SourceUri.of(source.uri()) instanceof SourceUri.Stored stored) {
      downloads.list(stored).forEach(fingerprint::with);
    }
    return fingerprint.hex();
  }

  private static Path existing(Path path) {
    if (!Files.isReadable(path)) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE,
          "%s does not exist or may not be read on the machine of the dataset service. Put the images there, or register the data set with the right path."
              .formatted(path));
    }
    return path;
  }

  @Override
  public SourceSnapshot take(Source source) throws IOException, InterruptedException {
    SourceUri uri = SourceUri.of(source.uri());
    if (uri instanceof SourceUri.Local local && Files.isDirectory(local.path())) {
      try (DirectoryContainer directory = new DirectoryContainer(local.path())) {
        return snapshot(source, directory, Layout.DIRECTORY, List.of(), local.path().toString());
      }
    }
    if (uri instanceof SourceUri.Local local) {
      return archive(source, existing(local.path()));
    }
    if (uri instanceof SourceUri.Stored stored && !downloads.isObject(stored)) {
      try (ImageContainer objects = files.container(stored)) {
        return snapshot(source, objects, Layout.BUCKET, List.of(), source.uri());
      }
    }
    Path file = downloads.temporary();
    try {
      downloads.fetch(uri, file);
      return archive(source, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private SourceSnapshot archive(Source source, Path file) throws IOException {
    SourceDigests.checkAny(source, file);
    SourceFile kept = keep(source, file);
    try (LocalFile local = files.open(kept)) {
      boolean zip = isZip(local.path());
      try (ImageContainer container =
          zip
              ? new ZipContainer(source.uri(), local.path(), maxBytes)
              : new TarContainer(source.uri(), local.path())) {
        return snapshot(source, container, zip ? Layout.ZIP : Layout.TAR, List.of(kept), null);
      }
    }
  }

  private SourceFile keep(Source source, Path file) throws IOException {
    if (!Gzip.isGzip(file)) {
      // What lies in the bucket of uploads already is not copied within it.
      return SourceUri.of(source.uri()) instanceof SourceUri.Stored stored
              && stored.bucket().equals(Buckets.UPLOADS)
          ? new SourceFile(ARCHIVE, SourceFile.Place.STORED, stored.key(), Digests.sha256(file))
          : downloads.keep(ARCHIVE, file);
    }
    Path plain = downloads.temporary();
    try (InputStream in = Gzip.plain(file);
        OutputStream out = Files.newOutputStream(plain)) {
      BoundedCopy.copy(
          in,
          out,
          maxBytes,
          () ->
              new PermanentFailureException(
                  FailureCode.SOURCE_INVALID,
                  "%s uncompresses to more than the %d bytes allowed (tencrop.dataset.max-archive-bytes)."
                      .formatted(source.uri(), maxBytes)));
      return downloads.keep(ARCHIVE, plain);
    } catch (ZipException | EOFException e) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_INVALID,
          "%s is truncated or not valid gzip (%s).".formatted(source.uri(), e.getMessage()),
          e);
    } finally {
      Files.deleteIfExists(plain);
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  private SourceSnapshot snapshot(
      Source source,
      ImageContainer container,
      Layout layout,
      List<SourceFile> kept,
      @Nullable String root)
      throws IOException {
    FolderLayout folders =
        FolderLayout.of(source.uri(), container.paths(), source.classes(), source.classFrom());
    return new FolderReading(folders, container).snapshot(codec, layout, kept, root);
  }
}
