package io.tencrop.gateway.weights;

/** The checkpoint does not say what a TorchScript model needs. */
public final class NotExportableException extends Exception {
  NotExportableException(String message) {
    super(message);
  }
}
