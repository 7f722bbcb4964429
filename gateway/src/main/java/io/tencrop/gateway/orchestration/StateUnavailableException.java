package io.tencrop.gateway.orchestration;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/**
 * The database cannot be reached, or had to refuse for now: what was wanted may work when it is
 * tried again.
 */
final class StateUnavailableException extends Exception {
  private StateUnavailableException(Throwable cause) {
    super("the gateway's database is away or busy: " + cause.getMessage(), cause);
  }

  /**
   * What to do about a failure: to throw this when it will pass.
   *
   * @throws StateUnavailableException when a cause of {@code failure} says that it will pass
   */
  static void throwIfPassing(Throwable failure) throws StateUnavailableException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException
          || cause instanceof SQLRecoverableException
          || (cause instanceof SQLException sql && passing(sql.getSQLState()))) {
        throw new StateUnavailableException(cause);
      }
    }
  }

  /**
   * Connection exceptions (08), transaction rollback by the server (40), insufficient resources
   * (53), operator intervention (57), and none at all: the pool could not get a connection.
   */
  private static boolean passing(@Nullable String sqlState) {
    return sqlState == null
        || sqlState.startsWith("08")
        || sqlState.startsWith("40")
        || sqlState.startsWith("53")
        || sqlState.startsWith("57");
  }
}
