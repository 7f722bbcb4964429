package io.tencrop.gateway.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value in a document, or the place where one would be. What is not of the kind asked for is
 * empty: the shape tells of that.
 */
record Place(JsonNode node, String pointer) {
  Place at(String field) {
    return new Place(node.path(field), Pointers.field(pointer, field));
  }

  boolean isPresent() {
    return !node.isMissingNode();
  }

  List<Place> items() {
    List<Place> items = new ArrayList<>();
    if (node.isArray()) {
      for (JsonNode item : node) {
        items.add(new Place(item, Pointers.item(pointer, items.size())));
      }
    }
    return items;
  }

  Optional<String> text() {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }

  Optional<Integer> integer() {
    return node.isIntegralNumber() && node.canConvertToInt()
        ? Optional.of(node.intValue())
        : Optional.empty();
  }

  Optional<Double> number() {
    return node.isNumber() ? Optional.of(node.doubleValue()) : Optional.empty();
  }

  boolean isTrue() {
    return node.isBoolean() && node.booleanValue();
  }
}
