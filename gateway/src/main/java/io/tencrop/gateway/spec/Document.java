package io.tencrop.gateway.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.tencrop.contracts.api.Problem.Violation;
import java.util.List;
import java.util.Map;

/**
 * A document that could be read.
 *
 * @param root its value; members that are null are left out, as if they had not been written
 * @param positions where in the text a value stood, by pointer; empty when nobody knows
 * @param violations found while reading: keys that are there twice
 */
record Document(JsonNode root, Map<String, String> positions, List<Violation> violations) {
  /** The violation with the place in the text, where that is known. */
  Violation placed(Violation violation) {
    String pointer = violation.pointer();
    String position = positions.get(pointer);
    while (position == null && !pointer.isEmpty()) {
      pointer = pointer.substring(0, pointer.lastIndexOf('/'));
      position = positions.get(pointer);
    }
    return position == null
        ? violation
        : new Violation(violation.pointer(), violation.detail() + " (" + position + ")");
  }
}
