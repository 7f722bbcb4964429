package io.tencrop.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose a message is, as far as can be told of one that cannot be read: say, one with a field that
 * only a newer version knows.
 *
 * @param parentId of the checkpoint that a segment starts from
 */
public record Owner(UUID experimentId, @Nullable UUID runId, @Nullable String parentId) {

  /** Whose the message is; empty when it does not say. */
  static Optional<Owner> of(JsonNode message) {
    UUID experimentId = uuid(message.get("experimentId"));
    if (experimentId == null) {
      return Optional.empty();
    }
    JsonNode parent = message.path("parent").get("id");
    return Optional.of(
        new Owner(
            experimentId, uuid(message.get("runId")), parent == null ? null : parent.asText()));
  }

  private static @Nullable UUID uuid(@Nullable JsonNode node) {
    if (node == null || !node.isTextual()) {
      return null;
    }
    try {
      return UUID.fromString(node.textValue());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
