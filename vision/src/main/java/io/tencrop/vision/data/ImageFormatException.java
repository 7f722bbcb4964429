package io.tencrop.vision.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes are not an image that can be read. */
public final class ImageFormatException extends IOException {
  ImageFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
