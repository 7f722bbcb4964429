/**
 * The object store as the services use it. An {@link io.tencrop.storage.ObjectStore} keeps
 * immutable objects in buckets, checks digests on the way in and out, and says by the type of its
 * exceptions whether an object is missing, corrupt, or the store is away. A {@link
 * io.tencrop.storage.FileCache} keeps local copies of objects that are read again and again.
 */
@NullMarked
package io.tencrop.storage;

import org.jspecify.annotations.NullMarked;
