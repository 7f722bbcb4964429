package io.tencrop.gateway.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.gateway.spec.InvalidSpecException;
import io.tencrop.gateway.spec.KnownTeachers;
import io.tencrop.gateway.spec.KnownWeights;
import io.tencrop.gateway.spec.Networks;
import io.tencrop.gateway.spec.Shape;
import io.tencrop.gateway.spec.SpecFormat;
import io.tencrop.gateway.spec.SpecReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Takes specs from the bodies of requests. */
@ApplicationScoped
class SpecBodies {
  private final SpecReader reader;
  private final int maxBytes;

  SpecBodies(
      Shape shape,
      Networks networks,
      KnownWeights weights,
      KnownTeachers teachers,
      @ConfigProperty(name = "tencrop.gateway.max-spec-size", defaultValue = "1M")
          MemorySize maxSize) {
    this.reader = new SpecReader(shape, networks, weights, teachers);
    this.maxBytes = Math.toIntExact(maxSize.asLongValue());
  }

  /**
   * What was sent.
   *
   * @param sha256 hex, of the bytes
   */
  record Body(byte[] bytes, SpecFormat format, String sha256) {}

  Body read(InputStream body, MediaType type) throws IOException {
    byte[] bytes = body.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw ProblemException.of(
          413, "Request too large", "A spec has at most %d bytes.".formatted(maxBytes));
    }
    SpecFormat format = type.getSubtype().equals("json") ? SpecFormat.JSON : SpecFormat.YAML;
    return new Body(bytes, format, sha256(bytes));
  }

  ExperimentSpec parse(Body body) {
    try {
      return reader.read(body.bytes(), body.format());
    } catch (InvalidSpecException e) {
      throw ProblemException.invalid("The experiment is not valid", e.violations());
    } catch (UncheckedIOException e) {
      throw ProblemException.unavailable(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
