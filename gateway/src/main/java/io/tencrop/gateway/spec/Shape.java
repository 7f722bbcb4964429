package io.tencrop.gateway.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tencrop.contracts.api.Problem.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Holds documents against the JSON schema of experiments. */
public final class Shape {
  private static final String RESOURCE = "/schemas/experiment.json";

  private final JsonNode schema;
  private final JsonSchema validator;

  public Shape() {
    try (InputStream in = Objects.requireNonNull(Shape.class.getResourceAsStream(RESOURCE))) {
      schema = new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                schema, SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
  }

  /** The schema itself. */
  public JsonNode schema() {
    return schema;
  }

  /** All that is wrong with the document's shape. */
  List<Violation> violations(JsonNode document) {
    return validator.validate(document).stream().map(this::violation).toList();
  }

  private Violation violation(ValidationMessage message) {
    String pointer = message.getInstanceLocation().toString();
    String keyword = message.getType();
    if (keyword.equals("required")) {
      return new Violation(Pointers.field(pointer, message.getProperty()), "is missing");
    }
    if (keyword.equals("additionalProperties")) {
      String unknown = message.getProperty();
      return new Violation(
          Pointers.field(pointer, unknown), "unknown field" + known(message, unknown));
    }
    return new Violation(pointer, detail(keyword, message));
  }

  private String known(ValidationMessage message, String unknown) {
    List<String> names = new ArrayList<>();
    JsonNode properties = sibling(message, "properties");
    properties.fieldNames().forEachRemaining(names::add);
    return "%s Allowed here: %s"
        .formatted(
            names.isEmpty() ? "." : suffix(Spelling.hint(unknown, names)),
            String.join(", ", names));
  }

  private static String suffix(String hint) {
    return hint.isEmpty() ? "." : hint;
  }

  private String detail(String keyword, ValidationMessage message) {
    JsonNode limit = sibling(message, keyword);
    JsonNode value = message.getInstanceNode();
    String is = "is " + Values.describe(value);
    return switch (keyword) {
      case "type" -> is + "; must be " + types(limit);
      case "enum" -> is + "; allowed: " + list(limit) + hint(value, limit);
      case "minimum" -> is + "; must be at least " + Values.bare(limit);
      case "maximum" -> is + "; must be at most " + Values.bare(limit);
      case "exclusiveMinimum" -> is + "; must be greater than " + Values.bare(limit);
      case "exclusiveMaximum" -> is + "; must be less than " + Values.bare(limit);
      case "minLength" -> "is empty; must have at least %s character".formatted(limit.asText());
      case "maxLength" -> is + "; must have at most %s characters".formatted(limit.asText());
      case "pattern" -> is + "; must match " + limit.asText();
      case "minItems" ->
          "has %d items; must have at least %s".formatted(value.size(), limit.asText());
      case "maxItems" ->
          "has %d items; must have at most %s".formatted(value.size(), limit.asText());
      case "minProperties", "maxProperties" ->
          "has %d fields; must have %s".formatted(value.size(), limit.asText());
      case "uniqueItems" -> "has an item twice; each may be there once";
      default -> message.getMessage();
    };
  }

  /** The value of a keyword beside the one that failed. */
  private JsonNode sibling(ValidationMessage message, String keyword) {
    String fragment = message.getSchemaLocation().getFragment().toString();
    return schema.at(fragment.substring(0, fragment.lastIndexOf('/')) + "/" + keyword);
  }

  private static String types(JsonNode limit) {
    return limit.isArray()
        ? stream(limit).map(type -> Values.type(type.asText())).collect(Collectors.joining(" or "))
        : Values.type(limit.asText());
  }

  private static String list(JsonNode limit) {
    return stream(limit).map(Values::bare).collect(Collectors.joining(", "));
  }

  private static String hint(JsonNode value, JsonNode limit) {
    return value.isTextual()
        ? Spelling.hint(value.textValue(), stream(limit).map(Values::bare).toList())
        : "";
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
