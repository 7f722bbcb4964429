package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.Problem.Violation;
import java.util.List;

/** The document does not describe an experiment. */
public final class InvalidSpecException extends Exception {
  private final transient List<Violation> violations;

  InvalidSpecException(List<Violation> violations) {
    super(violations.size() + " violations, the first: " + violations.get(0));
    this.violations = List.copyOf(violations);
  }

  InvalidSpecException(String pointer, String detail) {
    this(List.of(new Violation(pointer, detail)));
  }

  /** All that is wrong with it. */
  public List<Violation> violations() {
    return violations;
  }
}
