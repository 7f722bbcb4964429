package io.tencrop.contracts;

import java.util.Objects;

/**
 * Why something failed: what happened, where, and what to do.
 *
 * @param code stable, for programs
 * @param message one or two sentences for a person
 */
public record Failure(FailureCode code, String message) {
  public Failure {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }
}
