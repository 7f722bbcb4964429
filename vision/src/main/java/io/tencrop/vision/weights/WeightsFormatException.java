package io.tencrop.vision.weights;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes are not a weights file that can be read. The message says what to do about it. */
public final class WeightsFormatException extends IOException {
  private static final long serialVersionUID = 1;

  WeightsFormatException(String message) {
    this(message, null);
  }

  WeightsFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
