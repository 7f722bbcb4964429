package io.tencrop.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The object store could not do what was asked; the subclass says whether to try again. */
public abstract sealed class ObjectStoreException extends IOException
    permits ObjectMissingException,
        ObjectCorruptException,
        ObjectConflictException,
        StoreUnavailableException {
  ObjectStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
