package io.tencrop.storage;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the content of an object. */
@FunctionalInterface
public interface ContentWriter {
  /** Write all of it; the stream is buffered, and closed by the caller. */
  void writeTo(OutputStream out) throws IOException;
}
