package io.tencrop.standalone.platform;

import org.jspecify.annotations.Nullable;

/** The platform cannot start or go on; the message is for the person at the terminal. */
public final class PlatformException extends RuntimeException {
  public PlatformException(String message) {
    this(message, null);
  }

  public PlatformException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
