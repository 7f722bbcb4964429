package io.tencrop.storage;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;

/** Turns the failures of the S3 client into those that an {@link ObjectStore} promises. */
final class S3Failures {
  private final String endpoint;

  S3Failures(String endpoint) {
    this.endpoint = endpoint;
  }

  /** The connection ended before the object did. */
  StoreUnavailableException brokeOff(String bucket, String key, IOException e) {
    return new StoreUnavailableException(
        "the object store at %s broke off while sending %s/%s: %s"
            .formatted(endpoint, bucket, key, e.getMessage()),
        e);
  }

  /**
   * What a failed request means to the caller.
   *
   * @param key of the object; empty when the request was for none
   */
  ObjectStoreException of(String verb, String bucket, String key, MinioException e) {
    int status = status(e);
    if (status == 404 && !key.isEmpty()) {
      return new ObjectMissingException(bucket, key);
    }
    String hint = status == 403 ? "; check tencrop.store.access-key and secret-key" : "";
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String detail = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new StoreUnavailableException(
        "cannot %s %s/%s in the object store at %s: %s%s"
            .formatted(verb, bucket, key, endpoint, detail.split("\n", 2)[0], hint),
        e);
  }

  /** One exchange with the server. */
  interface Exchange<T> {
    T run() throws MinioException;
  }

  /** The client reports some failures of the connection unchecked; they become checked here. */
  static <T> T send(Exchange<T> exchange) throws MinioException {
    try {
      return exchange.run();
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new MinioException(cause);
      }
      throw e;
    }
  }

  /** The HTTP status that the server answered; 0 when it did not. */
  static int status(MinioException e) {
    return e instanceof ErrorResponseException error ? error.response().code() : 0;
  }

  /** The S3 error code that the server answered; empty when it did not. */
  static String code(MinioException e) {
    return e instanceof ErrorResponseException error ? error.errorResponse().code() : "";
  }
}
