package io.tencrop.standalone.client;

import io.tencrop.contracts.api.Problem;

/** The gateway refused a request, and says why. */
public final class GatewayException extends RuntimeException {
  private final transient Problem problem;

  GatewayException(Problem problem) {
    super(describe(problem));
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  /** What the request goes on from has changed meanwhile. */
  public boolean isConflict() {
    return problem.status() == 409;
  }

  /** The request itself is wrong: the same again would be refused again. */
  public boolean isInvalidRequest() {
    return problem.status() == 400 || problem.status() == 404 || problem.status() == 422;
  }

  private static String describe(Problem problem) {
    StringBuilder text = new StringBuilder(problem.title());
    if (problem.detail() != null) {
      text.append(": ").append(problem.detail());
    }
    for (Problem.Violation violation : problem.violations()) {
      text.append("\n  ")
          .append(violation.pointer().isEmpty() ? "/" : violation.pointer())
          .append(": ")
          .append(violation.detail());
    }
    return text.toString();
  }
}
