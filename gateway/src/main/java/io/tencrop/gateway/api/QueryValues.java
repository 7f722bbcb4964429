package io.tencrop.gateway.api;

import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of a request: those that may have any name, and those that are numbers. */
final class QueryValues {
  private QueryValues() {}

  /** By name; each may be there once. */
  static Map<String, String> of(UriInfo uri) {
    Map<String, String> given = new TreeMap<>();
    uri.getQueryParameters()
        .forEach(
            (parameter, values) -> {
              if (values.size() > 1) {
                throw ProblemException.invalidParameter(parameter, "is there more than once.");
              }
              given.put(parameter, values.get(0));
            });
    return given;
  }

  /**
   * A number above 0; absent: there is none.
   *
   * @param name of the parameter
   */
  static @Nullable Double limit(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      double limit = Double.parseDouble(value);
      if (limit > 0 && Double.isFinite(limit)) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw notALimit(name, value);
    }
    throw notALimit(name, value);
  }

  private static ProblemException notALimit(String name, String value) {
    return ProblemException.invalidParameter(
        name, "is '" + value + "'; must be a number above 0, such as 12.5.");
  }
}
