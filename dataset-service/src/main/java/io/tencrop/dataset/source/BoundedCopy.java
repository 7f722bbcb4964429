package io.tencrop.dataset.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Copies a stream that may turn out to be longer than is wanted. */
final class BoundedCopy {
  private BoundedCopy() {}

  /** Copies all, or throws what {@code tooLong} makes once more than {@code limit} bytes came. */
  static long copy(
      InputStream in, OutputStream out, long limit, Supplier<? extends RuntimeException> tooLong)
      throws IOException {
    byte[] chunk = new byte[1 << 16];
    long bytes = 0;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      bytes += n;
      if (bytes > limit) {
        throw tooLong.get();
      }
      out.write(chunk, 0, n);
    }
    return bytes;
  }
}
