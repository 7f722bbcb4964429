package io.tencrop.evaluator.results;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;

/** Work in the database. */
public final class Transactions {
  private Transactions() {}

  /**
   * Does the work in a transaction of its own.
   *
   * @throws IOException when the database failed; such failures may pass
   */
  public static <T> T call(Callable<T> work) throws IOException {
    try {
      return QuarkusTransaction.requiringNew().call(work);
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException) {
          throw new IOException("the database failed: " + cause.getMessage(), e);
        }
      }
      throw e;
    }
  }
}
