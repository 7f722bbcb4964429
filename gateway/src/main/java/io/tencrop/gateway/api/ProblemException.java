package io.tencrop.gateway.api;

import io.tencrop.contracts.api.Problem;
import io.tencrop.contracts.api.Problem.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request cannot be answered as it was meant; carries what is answered instead. */
final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  private ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.status() + " " + problem.title() + ": " + problem.detail(), cause);
    this.problem = problem;
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

  Problem problem() {
    return problem;
  }
}
