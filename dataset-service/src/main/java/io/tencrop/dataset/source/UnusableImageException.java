package io.tencrop.dataset.source;

import org.jspecify.annotations.Nullable;

/**
 * A file of the source cannot be used as an image; the others can. Whether it can depends on its
 * content alone.
 */
public final class UnusableImageException extends Exception {
  private final String reason;

  /**
   * @param reason for a person, without the file's name
   */
  public UnusableImageException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** For a person, without the file's name. */
  public String reason() {
    return reason;
  }
}
