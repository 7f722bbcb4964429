package io.tencrop.gateway.api;

import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of a request that may have any name. */
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
}
