package io.tencrop.evaluator.ensemble;

import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import org.jspecify.annotations.Nullable;

/** The bank lacks logits that a report needs; their network can answer again. */
public final class LogitsMissingException extends PermanentFailureException {
  private static final long serialVersionUID = 1;

  LogitsMissingException(String message, @Nullable Throwable cause) {
    super(FailureCode.OBJECT_CORRUPT, message, cause);
  }
}
