package io.tencrop.dataset.source;

import io.tencrop.storage.Digests;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Content that may or may not be gzipped. */
final class Gzip {
  private static final int BUFFER = 1 << 16;

  private Gzip() {}

  /** The content as it is when not gzipped. */
  static InputStream plain(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzip ? new GZIPInputStream(in, BUFFER) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Whether the file is gzipped. */
  static boolean isGzip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    }
  }

  /** The digest of the content as it is when not gzipped. */
  static String contentSha256(Path file) throws IOException {
    try (InputStream in = plain(file)) {
      return Digests.sha256(in);
    }
  }
}
