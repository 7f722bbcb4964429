package io.tencrop.gateway.uploads;

/** What was sent is not taken; the message says why, and what to do. */
public final class UploadException extends Exception {
  /** What is wrong. */
  public enum Reason {
    /** It is larger than uploads may be, or than was said. */
    TOO_LARGE,
    /** It does not go on where the upload ended. */
    WRONG_OFFSET,
    /** It is not what was announced. */
    WRONG_CONTENT,
    /** The connection ended before what it should bring. */
    BROKEN_OFF,
    /** Too many are being taken at once. */
    BUSY
  }

  private final Reason reason;

  UploadException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
