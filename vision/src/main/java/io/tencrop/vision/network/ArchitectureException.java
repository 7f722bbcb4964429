package io.tencrop.vision.network;

/**
 * There is no such network: unknown name or option, or an input that it cannot take. The message
 * says what is possible.
 */
public final class ArchitectureException extends Exception {
  private static final long serialVersionUID = 1;

  ArchitectureException(String message) {
    super(message);
  }
}
