package io.tencrop.contracts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code application/problem+json}, RFC 9457.
 *
 * @param type {@code about:blank}, or a URI that names the kind
 * @param violations of the request, all of them
 */
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    List<Violation> violations) {

  /**
   * One thing wrong with a request.
   *
   * @param pointer JSON pointer (RFC 6901) to where in the request
   * @param detail what is wrong and what would be allowed
   */
  public record Violation(String pointer, String detail) {}
}
