package io.tencrop.evaluator.prediction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file of an image that somebody sent.
 *
 * @param name for people
 */
record EncodedImage(String name, Content content) {
  /** Where the bytes are. */
  interface Content {
    byte[] bytes() throws IOException;
  }

  static EncodedImage of(String name, byte[] bytes) {
    return new EncodedImage(name, () -> bytes);
  }

  static EncodedImage of(String name, Path file) {
    return new EncodedImage(name, () -> Files.readAllBytes(file));
  }
}
