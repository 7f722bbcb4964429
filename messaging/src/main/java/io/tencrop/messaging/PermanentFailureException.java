package io.tencrop.messaging;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * The work cannot be done, and trying again cannot help. The failure says why, for the person whose
 * work it is.
 */
public class PermanentFailureException extends RuntimeException {
  private final transient Failure failure;

  public PermanentFailureException(FailureCode code, String message) {
    this(code, message, null);
  }

  public PermanentFailureException(FailureCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = new Failure(code, message);
  }

  public Failure failure() {
    return failure;
  }
}
