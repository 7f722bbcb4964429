package io.tencrop.vision.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The file is not the IDX file that it should be; the message says where it departs. */
public final class IdxFormatException extends IOException {
  IdxFormatException(String message) {
    this(message, null);
  }

  IdxFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
