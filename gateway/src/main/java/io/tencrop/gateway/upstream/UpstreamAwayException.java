package io.tencrop.gateway.upstream;

import org.jspecify.annotations.Nullable;

/** Another service gave no answer; the message says which, and what to do. */
public final class UpstreamAwayException extends Exception {
  UpstreamAwayException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
