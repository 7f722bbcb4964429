package io.tencrop.vision.fuzz;

import java.util.List;

/** Something that reads bytes of strangers. */
public interface FuzzTarget {
  /** Files that it takes. */
  List<byte[]> seeds() throws Exception;

  /**
   * Reads the bytes. Failures that are declared for bytes that are wrong are fine and end here; all
   * others come out.
   */
  void read(byte[] input) throws Exception;
}
