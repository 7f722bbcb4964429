package io.tencrop.vision.safetensors;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes are not a safetensors file. */
public final class SafetensorsFormatException extends IOException {
  private static final long serialVersionUID = 1;

  public SafetensorsFormatException(String message) {
    this(message, null);
  }

  public SafetensorsFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
