package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which network. In a spec either its name, {@code lenet5}, or its name with options, {@code {name:
 * shallow, hidden: 4}}.
 */
public record ArchitectureSpec(String name, Map<String, Object> options) {
  public ArchitectureSpec {
    options = Map.copyOf(options);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ArchitectureSpec fromJson(Object value) {
    if (value instanceof String name) {
      return new ArchitectureSpec(name, Map.of());
    }
    if (value instanceof Map<?, ?> map && map.get("name") instanceof String name) {
      Map<String, Object> options = new LinkedHashMap<>();
      map.forEach((key, option) -> options.put((String) key, option));
      options.remove("name");
      return new ArchitectureSpec(name, options);
    }
    throw new IllegalArgumentException(
        "an architecture is a name, or an object with a name and its options");
  }

  @JsonValue
  Object toJson() {
    if (options.isEmpty()) {
      return name;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    options.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(option -> json.put(option.getKey(), option.getValue()));
    return json;
  }
}
