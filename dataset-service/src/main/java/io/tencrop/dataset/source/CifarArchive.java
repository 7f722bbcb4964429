package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Takes the files of a CIFAR data set out of the tar or tar.gz that they come in. */
final class CifarArchive {
  private final String name;
  private final long maxBytes;

  /**
   * @param name of the archive, for messages
   * @param maxBytes that it may have when its compression is undone
   */
  CifarArchive(String name, long maxBytes) {
    this.name = name;
    this.maxBytes = maxBytes;
  }

  /** The files, by their names without folders. */
  Map<String, Path> extract(Path archive, WorkFiles work) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    try (InputStream plain = new Limited(gunzip(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        String path = ImageContainer.checkedName(name, entry.getName());
        String file = path.substring(path.lastIndexOf('/') + 1);
        if (!entry.isFile() || entry.isSparse() || !CifarFormat.isPart(file)) {
          continue;
        }
        Path target = work.file(file);
        if (found.put(file, target) != null) {
          throw damaged("it has the file %s twice".formatted(file), null);
        }
        try (OutputStream out = Files.newOutputStream(target)) {
          new Checked(tar).transferTo(out);
        }
      }
    }
    return found;
  }

  private InputStream gunzip(Path archive) throws IOException {
    try {
      return Gzip.plain(archive);
    } catch (ZipException | EOFException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private @Nullable TarArchiveEntry next(TarArchiveInputStream tar) {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private PermanentFailureException damaged(@Nullable String why, @Nullable Throwable cause) {
    return new PermanentFailureException(
        FailureCode.SOURCE_INVALID,
        "%s cannot be read as tar or tar.gz, it is truncated or damaged: %s.".formatted(name, why),
        cause);
  }

  /** Tells failures of the archive from those of the disk that is written to. */
  private final class Checked extends FilterInputStream {
    Checked(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      try {
        return super.read(bytes, from, length);
      } catch (IOException e) {
        throw damaged(e.getMessage(), e);
      }
    }
  }

  /** Ends what goes on for ever. */
  private final class Limited extends FilterInputStream {
    private long bytes;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int read = super.read(target, from, length);
      bytes += Math.max(0, read);
      if (bytes > maxBytes) {
        throw new PermanentFailureException(
            FailureCode.SOURCE_INVALID,
            "%s uncompresses to more than the %d bytes allowed (tencrop.dataset.max-archive-bytes)."
                .formatted(name, maxBytes));
      }
      return read;
    }
  }
}
