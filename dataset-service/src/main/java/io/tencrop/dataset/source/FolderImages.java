package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.dataset.source.SourceFiles.LocalFile;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageDecoder;
import io.tencrop.vision.data.ImageFormatException;
import io.tencrop.vision.data.ImageSize;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads and decodes the files of a directory or an archive, checking that they are still the same.
 */
final class FolderImages implements SourceImages {
  private final List<String> paths;
  private final List<String> digests;
  private final ImageContainer container;
  private final Closeable file;

  private FolderImages(SourceSnapshot snapshot, ImageContainer container, Closeable file) {
    this.paths = Objects.requireNonNull(snapshot.paths());
    this.digests = Objects.requireNonNull(snapshot.imageDigests());
    this.container = container;
    this.file = file;
  }

  static FolderImages open(SourceSnapshot snapshot, SourceFiles files) throws IOException {
    if (snapshot.layout() == SourceSnapshot.Layout.BUCKET) {
      SourceUri root = SourceUri.of(Objects.requireNonNull(snapshot.root()));
      if (root instanceof SourceUri.Stored stored) {
        return new FolderImages(snapshot, files.container(stored), () -> {});
      }
      throw new IllegalStateException("no bucket: " + snapshot.root());
    }
    if (snapshot.layout() == SourceSnapshot.Layout.DIRECTORY) {
      Path root = Path.of(Objects.requireNonNull(snapshot.root()));
      return new FolderImages(snapshot, new DirectoryContainer(root), () -> {});
    }
    LocalFile archive = files.open(snapshot.files().get(0));
    try {
      ImageContainer container =
          snapshot.layout() == SourceSnapshot.Layout.ZIP
              ? new ZipContainer("of the source", archive.path(), Long.MAX_VALUE)
              : new TarContainer("of the source", archive.path());
      return new FolderImages(snapshot, container, archive);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  @Override
  public Bitmap read(int id) throws IOException, UnusableImageException {
    return readCoded(id).decode(1);
  }

  @Override
  public Coded readCoded(int id) throws IOException, UnusableImageException {
    String path = paths.get(id);
    try {
      return new ImageFile(path, digests.get(id), container.read(path));
    } catch (NoSuchFileException e) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE,
          "The image %s is gone. Put it back, or submit the experiment again without it."
              .formatted(e.getFile()),
          e);
    }
  }

  private record ImageFile(String path, String digest, byte[] encoded) implements Coded {
    @Override
    public int bytes() {
      return encoded.length;
    }

    @Override
    public ImageSize size() throws UnusableImageException {
      try {
        return ImageDecoder.size(encoded);
      } catch (ImageFormatException e) {
        throw new UnusableImageException(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public Bitmap decode(int reduction) throws UnusableImageException {
      if (!Digests.sha256(encoded).equals(digest)) {
        throw new PermanentFailureException(
            FailureCode.SOURCE_INVALID,
            "The image %s is another one than when the preparation began. Submit the experiment again."
                .formatted(path));
      }
      try {
        return ImageDecoder.decode(encoded, reduction);
      } catch (ImageFormatException e) {
        throw new UnusableImageException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      container.close();
    }
  }
}
