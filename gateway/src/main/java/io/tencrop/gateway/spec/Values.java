package io.tencrop.gateway.spec;

import com.fasterxml.jackson.databind.JsonNode;

/** Names values for people. */
final class Values {
  private static final int MAX_SHOWN = 60;

  private Values() {}

  static String describe(JsonNode value) {
    if (value.isObject()) {
      return "an object";
    }
    if (value.isArray()) {
      return "a list";
    }
    if (value.isTextual()) {
      String text = value.textValue();
      return "'" + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text) + "'";
    }
    return value.asText();
  }

  /** As in a list of what is allowed. */
  static String bare(JsonNode value) {
    return value.asText();
  }

  static String type(String jsonType) {
    return switch (jsonType) {
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "string" -> "text";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      case "object" -> "an object";
      default -> jsonType;
    };
  }
}
