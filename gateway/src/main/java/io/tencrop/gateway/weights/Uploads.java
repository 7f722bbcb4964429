package io.tencrop.gateway.weights;

import io.tencrop.vision.network.Network;
import io.tencrop.vision.weights.WeightsFile;
import io.tencrop.vision.weights.WeightsFit;
import io.tencrop.vision.weights.WeightsMisfitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes weights that people send: to a file first, whose tensors then go to the object store. */
public final class Uploads {
  private static final int CHUNK = 1 << 16;

  private final WeightsStore store;
  private final Path directory;
  private final long maxBytes;

  /**
   * @param directory where an upload lies until it is in the store
   * @param maxBytes that an upload may have
   */
  Uploads(WeightsStore store, Path directory, long maxBytes) {
    this.store = store;
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  /** The upload is larger than it may be. */
  public static final class TooLargeException extends Exception {
    TooLargeException(long maxBytes) {
      super("A weights file has at most %d bytes.".formatted(maxBytes));
    }
  }

  /**
   * Keeps the weights in the stream.
   *
   * @param length of the stream in bytes, where it was told
   * @param network that they are for; absent: they are not held against any
   * @return the id of their checkpoint
   * @throws io.tencrop.vision.weights.WeightsFormatException when they cannot be read
   * @throws WeightsMisfitException when they are not the network's
   */
  public String take(InputStream body, @Nullable Long length, @Nullable Network network)
      throws IOException, TooLargeException {
    if (length != null && length > maxBytes) {
      throw new TooLargeException(maxBytes);
    }
    Files.createDirectories(directory);
    Path path = directory.resolve("upload-" + UUID.randomUUID());
    // The file has no name any more once it is open, so that nothing is left of a process that is
    // killed.
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try (file) {
      copy(body, file);
      try (WeightsFile weights = WeightsFile.of(file)) {
        if (network != null) {
          Optional<String> objection = WeightsFit.of(network, weights.shapes()).objection();
          if (objection.isPresent()) {
            throw new WeightsMisfitException(objection.get());
          }
        }
        return store.keep(weights);
      }
    }
  }

  private void copy(InputStream body, FileChannel file) throws IOException, TooLargeException {
    byte[] chunk = new byte[CHUNK];
    long total = 0;
    for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
      total += length;
      if (total > maxBytes) {
        throw new TooLargeException(maxBytes);
      }
      ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
    file.position(0);
  }
}
