package io.tencrop.standalone.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a stream, at most so many. */
final class Piece extends FilterInputStream {
  private long left;

  Piece(InputStream in, long bytes) {
    super(in);
    this.left = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = super.read(target, from, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }
}
