package io.tencrop.evaluator.prediction;

import org.jspecify.annotations.Nullable;

/** A request for predictions is not answered; the message says why, and what to do. */
final class PredictionException extends Exception {
  /** What is wrong. */
  enum Reason {
    /** The request itself. */
    INVALID(400, "Bad request"),
    /** There is no such checkpoint, experiment or ensemble. */
    UNKNOWN(404, "Not found"),
    /** It is there, but cannot answer. */
    UNABLE(409, "Conflict"),
    /** An image cannot be read, or not be prepared as those of the data set were. */
    IMAGE(422, "The image cannot be used"),
    /** There is no room or no store now. */
    BUSY(503, "Service unavailable");

    private final int status;
    private final String title;

    Reason(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** Of HTTP. */
    int status() {
      return status;
    }

    String title() {
      return title;
    }
  }

  private final Reason reason;

  PredictionException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  PredictionException(Reason reason, String message) {
    this(reason, message, null);
  }

  Reason reason() {
    return reason;
  }
}
