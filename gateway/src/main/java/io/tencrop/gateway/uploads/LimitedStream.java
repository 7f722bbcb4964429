package io.tencrop.gateway.uploads;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a client sends: fails once more came than may, and tells when the client is gone. */
final class LimitedStream extends FilterInputStream {
  private long left;

  LimitedStream(InputStream in, long maxBytes) {
    super(in);
    this.left = maxBytes;
  }

  /** More came than may. */
  static final class PassedException extends IOException {
    PassedException() {
      super("more bytes came than may");
    }
  }

  /** The client is gone. */
  static final class BrokenException extends IOException {
    BrokenException(IOException cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int read;
    try {
      read = super.read(target, from, length);
    } catch (IOException e) {
      throw new BrokenException(e);
    }
    left -= Math.max(0, read);
    if (left < 0) {
      throw new PassedException();
    }
    return read;
  }
}
