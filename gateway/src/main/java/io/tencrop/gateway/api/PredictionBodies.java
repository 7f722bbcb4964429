package io.tencrop.gateway.api;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The images of requests, in memory while they are passed on: a bounded number of bytes. */
@ApplicationScoped
class PredictionBodies {
  private static final int UNIT = 1 << 10;

  private final long maxBytes;
  private final Semaphore memory;

  /**
   * @param maxSize of a request
   * @param atOnce of all requests that are passed on at a time
   */
  PredictionBodies(
      @ConfigProperty(name = "tencrop.gateway.predictions.max-size", defaultValue = "16M")
          MemorySize maxSize,
      @ConfigProperty(name = "tencrop.gateway.predictions.at-once", defaultValue = "64M")
          MemorySize atOnce) {
    this.maxBytes = maxSize.asLongValue();
    if (maxBytes > atOnce.asLongValue()) {
      throw new IllegalArgumentException(
          "tencrop.gateway.predictions.max-size is %d and must not be above at-once, %d"
              .formatted(maxBytes, atOnce.asLongValue()));
    }
    this.memory = new Semaphore(units(atOnce.asLongValue()));
  }

  private static int units(long bytes) {
    return Math.toIntExact((bytes + UNIT - 1) / UNIT);
  }

  /** What is done with the bytes. */
  interface Use<T> {
    T of(byte[] body);
  }

  /**
   * Reads the body and uses it.
   *
   * @param length that was told; absent: unknown
   * @throws ProblemException when it is too large, or too many are on their way
   */
  <T> T with(InputStream body, @Nullable Long length, Use<T> use) throws IOException {
    if (length != null && length > maxBytes) {
      throw tooLarge();
    }
    int needed = units(length == null ? maxBytes : length);
    if (!memory.tryAcquire(needed)) {
      throw ProblemException.busy(
          "Too many images are on their way at once. Try again in a while.");
    }
    try {
      byte[] bytes = body.readNBytes(Math.toIntExact(maxBytes + 1));
      if (bytes.length > maxBytes) {
        throw tooLarge();
      }
      return use.of(bytes);
    } finally {
      memory.release(needed);
    }
  }

  private ProblemException tooLarge() {
    return ProblemException.of(
        413,
        "Request too large",
        "A request for predictions has at most %d bytes (tencrop.gateway.predictions.max-size). Send fewer images at a time, or smaller ones."
            .formatted(maxBytes));
  }
}
