package io.tencrop.messaging;

import io.tencrop.contracts.Failure;

/**
 * Does one kind of work, and says so when it cannot be done. Both methods may run more than once
 * for the same work.
 */
public interface WorkHandler<T> {
  /**
   * Do it, publishing what comes of it.
   *
   * @throws PermanentFailureException when it cannot be done
   * @throws Exception when it should be tried again after a while: an {@code IOException} for the
   *     object store, ...
   */
  void handle(T work) throws Exception;

  /** Tell whose work it is that it has failed for good. */
  void failed(T work, Failure failure) throws Exception;

  /**
   * Tell whose work it is that the message with it cannot be read. Nothing to do where nobody waits
   * for the work, or somebody else sees that it does not come.
   */
  default void unreadable(Owner owner, Failure failure) throws Exception {}
}
