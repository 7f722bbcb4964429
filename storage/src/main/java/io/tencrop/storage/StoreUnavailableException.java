package io.tencrop.storage;

import org.jspecify.annotations.Nullable;

/** The store cannot be reached, or refused or failed the request. It may work later. */
public final class StoreUnavailableException extends ObjectStoreException {
  StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
