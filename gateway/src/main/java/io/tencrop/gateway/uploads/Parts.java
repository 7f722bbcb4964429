package io.tencrop.gateway.uploads;

import io.tencrop.contracts.Buckets;
import io.tencrop.storage.ObjectEntry;
import io.tencrop.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/** The parts of an unfinished upload: objects that are named by their offset. */
final class Parts {
  /** Of all unfinished uploads. */
  static final String PREFIX = "incoming/";

  private final ObjectStore store;
  private final UUID id;

  Parts(ObjectStore store, UUID id) {
    this.store = store;
    this.id = id;
  }

  static String begun(UUID id) {
    return PREFIX + id + "/upload.json";
  }

  private String prefix() {
    return PREFIX + id + "/parts/";
  }

  private String key(long offset) {
    return "%s%019d".formatted(prefix(), offset);
  }

  /** Those that follow each other without a gap, from the first. */
  private List<ObjectEntry> contiguous() throws IOException {
    List<ObjectEntry> parts = new ArrayList<>();
    long offset = 0;
    for (ObjectEntry part : store.list(Buckets.UPLOADS, prefix())) {
      if (!part.key().equals(key(offset))) {
        break;
      }
      parts.add(part);
      offset += part.bytes();
    }
    return parts;
  }

  /** How many bytes have arrived. */
  long offset() throws IOException {
    return contiguous().stream().mapToLong(ObjectEntry::bytes).sum();
  }

  /**
   * Keeps what begins at the offset.
   *
   * @throws io.tencrop.storage.ObjectConflictException when other bytes are there
   */
  void add(long offset, byte[] part) throws IOException {
    store.putIfAbsent(Buckets.UPLOADS, key(offset), part);
  }

  /** All of them, one after another. */
  InputStream content() throws IOException {
    Iterator<ObjectEntry> parts = contiguous().iterator();
    return new SequenceInputStream(
        new Enumeration<InputStream>() {
          @Override
          public boolean hasMoreElements() {
            return parts.hasNext();
          }

          @Override
          public InputStream nextElement() {
            try {
              return store.open(Buckets.UPLOADS, parts.next().key());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  /** Removes them, and at last what tells that there is an upload. */
  void remove() throws IOException {
    for (ObjectEntry part : store.list(Buckets.UPLOADS, prefix())) {
      store.delete(Buckets.UPLOADS, part.key());
    }
    store.delete(Buckets.UPLOADS, begun(id));
  }
}
