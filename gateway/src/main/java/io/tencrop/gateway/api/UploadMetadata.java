package io.tencrop.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header Upload-Metadata of tus: pairs of a key and a value in Base64, divided by commas. */
final class UploadMetadata {
  private UploadMetadata() {}

  static Map<String, String> parse(@Nullable String header) {
    Map<String, String> metadata = new HashMap<>();
    if (header == null || header.isBlank()) {
      return metadata;
    }
    for (String pair : header.split(",")) {
      String[] parts = pair.strip().split(" +", 2);
      try {
        String value =
            parts.length < 2 ? "" : new String(Base64.getDecoder().decode(parts[1]), UTF_8);
        metadata.put(parts[0], value);
      } catch (IllegalArgumentException e) {
        throw ProblemException.of(
            400,
            "Bad request",
            "In the header Upload-Metadata the value of %s is not Base64.".formatted(parts[0]));
      }
    }
    return metadata;
  }
}
