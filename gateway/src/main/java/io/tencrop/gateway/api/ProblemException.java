package io.tencrop.gateway.api;

import io.tencrop.contracts.api.Problem;
import io.tencrop.contracts.api.Problem.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request cannot be answered as it was meant; carries what is answered instead. */
final class ProblemException extends RuntimeException {
  private static final int SOON = 2;

  private final transient Problem problem;
  private final @Nullable Integer retryAfter;

  private ProblemException(Problem problem, @Nullable Throwable cause) {
    this(problem, cause, null);
  }

  private ProblemException(
      Problem problem, @Nullable Throwable cause, @Nullable Integer retryAfter) {
    super(problem.status() + " " + problem.title() + ": " + problem.detail(), cause);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  static ProblemException of(int status, String title, String detail) {
    return new ProblemException(
        new Problem("about:blank", title, status, detail, null, List.of()), null);
  }

  static ProblemException invalid(String title, List<Violation> violations) {
    String detail =
        violations.size() == 1
            ? "There is 1 violation."
            : "There are %d violations.".formatted(violations.size());
    return new ProblemException(
        new Problem("about:blank", title, 400, detail, null, violations), null);
  }

  static ProblemException invalidParameter(String name, String detail) {
    return of(400, "Bad request", "The parameter '" + name + "' " + detail);
  }

  static ProblemException unknown(String what, Object id) {
    return of(404, "Not found", "There is no %s %s.".formatted(what, id));
  }

  static ProblemException unavailable(Exception cause) {
    return new ProblemException(
        new Problem(
            "about:blank",
            "Service unavailable",
            503,
            String.valueOf(cause.getMessage()),
            null,
            List.of()),
        cause);
  }

  /** There is no room now; soon there will be. */
  static ProblemException busy(String detail) {
    return new ProblemException(
        new Problem("about:blank", "Service unavailable", 503, detail, null, List.of()),
        null,
        SOON);
  }

  Problem problem() {
    return problem;
  }

  /** In seconds; absent when nothing is known of it. */
  @Nullable Integer retryAfter() {
    return retryAfter;
  }
}
