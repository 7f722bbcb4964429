package io.tencrop.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Counts what is read, and remembers the failure of its source apart from those of the sink. */
final class CountingInputStream extends FilterInputStream {
  private long bytes;
  private @Nullable IOException failure;

  CountingInputStream(InputStream in) {
    super(in);
  }

  long bytes() {
    return bytes;
  }

  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      int n = in.read(target, offset, length);
      bytes += Math.max(n, 0);
      return n;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
