package io.tencrop.messaging;

import org.jspecify.annotations.Nullable;

/** The bytes are not the message that they should be; trying again cannot help. */
public final class MessageFormatException extends Exception {
  MessageFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
