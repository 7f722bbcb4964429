package io.tencrop.dataset;

import io.tencrop.contracts.Failure;
import io.tencrop.messaging.WorkHandler;
import java.io.IOException;
import java.sql.SQLException;

/** Work that uses the database: when that fails, the work is worth another try. */
final class DatabaseRetries<T> implements WorkHandler<T> {
  private final WorkHandler<T> handler;

  DatabaseRetries(WorkHandler<T> handler) {
    this.handler = handler;
  }

  @Override
  public void handle(T work) throws Exception {
    try {
      handler.handle(work);
    } catch (RuntimeException e) {
      throw retriable(e);
    }
  }

  @Override
  public void failed(T work, Failure failure) throws Exception {
    handler.failed(work, failure);
  }

  /** The persistence layer wraps the driver's exceptions in unchecked ones, several deep. */
  private static Exception retriable(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return new IOException("the database failed: " + cause.getMessage(), e);
      }
    }
    return e;
  }
}
