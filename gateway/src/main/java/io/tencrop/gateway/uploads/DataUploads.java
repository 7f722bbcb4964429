package io.tencrop.gateway.uploads;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.api.UploadView;
import io.tencrop.gateway.uploads.UploadException.Reason;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import io.tencrop.storage.ObjectConflictException;
import io.tencrop.storage.ObjectEntry;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Files for data sets, whole or in pieces. All that is known of an upload is in the object store,
 * so any gateway can go on with it. What arrived stays when a connection breaks.
 */
public final class DataUploads {
  /** What is held in memory of an upload, and lost at most when the gateway dies. */
  private static final int PART_BYTES = 4 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ObjectStore store;
  private final MessageCodec codec;
  private final Clock clock;
  private final long maxBytes;
  private final Duration lifetime;
  private final Semaphore places;

  /**
   * @param maxBytes that a file may have
   * @param lifetime of an upload that is not completed
   * @param atOnce how many requests may bring bytes at a time
   */
  public DataUploads(
      ObjectStore store,
      MessageCodec codec,
      Clock clock,
      long maxBytes,
      Duration lifetime,
      int atOnce) {
    this.store = store;
    this.codec = codec;
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.lifetime = lifetime;
    this.places = new Semaphore(atOnce);
  }

  /** What was said when it began; the bytes are unknown for one that comes whole. */
  private record Begun(
      @Nullable String name, long bytes, @Nullable String sha256, Instant expiresAt) {}

  /** That a file may have. */
  public long maxBytes() {
    return maxBytes;
  }

  /**
   * Begins an upload.
   *
   * @param sha256 that the content must have; absent: not checked
   */
  public UploadView begin(long bytes, @Nullable String name, @Nullable String sha256)
      throws IOException, UploadException {
    checkSize(bytes);
    UUID id = UUID.randomUUID();
    Instant expires = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    Begun begun = new Begun(name, bytes, sha256, expires);
    store.putIfAbsent(Buckets.UPLOADS, Parts.begun(id), codec.encode(begun));
    return view(id, begun, 0);
  }

  private void checkSize(long bytes) throws UploadException {
    if (bytes > maxBytes) {
      throw new UploadException(
          Reason.TOO_LARGE,
          "An upload has at most %d bytes (tencrop.gateway.uploads.max-size), this one %d."
              .formatted(maxBytes, bytes));
    }
  }

  private static UploadView view(UUID id, Begun begun, long offset) {
    return new UploadView(id, begun.name(), begun.bytes(), offset, begun.expiresAt(), null, null);
  }

  /** An upload; empty when there is none, or it has expired. */
  public Optional<UploadView> find(UUID id) throws IOException {
    Optional<UploadView> complete = read(Buckets.uploadDescription(id), UploadView.class);
    if (complete.isPresent()) {
      return complete;
    }
    Optional<Begun> begun = read(Parts.begun(id), Begun.class);
    return begun.isEmpty()
        ? Optional.empty()
        : Optional.of(view(id, begun.get(), new Parts(store, id).offset()));
  }

  private <T> Optional<T> read(String key, Class<T> type) throws IOException {
    try {
      return Optional.of(codec.decode(store.get(Buckets.UPLOADS, key), type));
    } catch (ObjectMissingException e) {
      return Optional.empty();
    } catch (MessageFormatException e) {
      throw new IllegalStateException("the object %s is damaged".formatted(key), e);
    }
  }

  /**
   * Goes on with an upload; when all is there, puts it together.
   *
   * @param offset of the first byte in the stream
   * @return as it is now
   */
  public UploadView append(UploadView upload, long offset, InputStream body)
      throws IOException, UploadException {
    if (offset != upload.offset()) {
      throw new UploadException(
          Reason.WRONG_OFFSET,
          "The upload goes on at byte %d, what was sent begins at %d. Ask with HEAD where to go on."
              .formatted(upload.offset(), offset));
    }
    if (upload.uri() != null) {
      return upload;
    }
    long end;
    takePlace();
    try {
      end = keep(upload, new Parts(store, upload.id()), body);
    } finally {
      places.release();
    }
    return end == upload.bytes()
        ? complete(upload)
        : find(upload.id()).orElseThrow(() -> gone(upload.id()));
  }

  private static IOException gone(UUID id) {
    return new IOException("the upload " + id + " was removed while it was taken");
  }

  private void takePlace() throws UploadException {
    try {
      if (!places.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new UploadException(
            Reason.BUSY, "Too many uploads are being taken at once. Try again in a while.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UploadException(Reason.BUSY, "The gateway is stopping. Try again in a while.");
    }
  }

  /** Keeps the stream in parts; what came before it broke is kept too. */
  private static long keep(UploadView upload, Parts parts, InputStream body)
      throws IOException, UploadException {
    byte[] part = new byte[(int) Math.min(PART_BYTES, upload.bytes() - upload.offset() + 1)];
    long offset = upload.offset();
    while (true) {
      Filled filled = fill(body, part);
      if (offset + filled.bytes() > upload.bytes()) {
        throw new UploadException(
            Reason.TOO_LARGE,
            "More was sent than the %d bytes that were announced.".formatted(upload.bytes()));
      }
      if (filled.bytes() > 0) {
        try {
          boolean whole = filled.bytes() == part.length;
          parts.add(offset, whole ? part : Arrays.copyOf(part, filled.bytes()));
        } catch (ObjectConflictException e) {
          throw new UploadException(
              Reason.WRONG_OFFSET,
              "Something else was sent for byte %d at the same time. Ask with HEAD where to go on."
                  .formatted(offset));
        }
        offset += filled.bytes();
      }
      if (filled.broken() != null) {
        throw new UploadException(
            Reason.BROKEN_OFF,
            "The connection broke at byte %d (%s). Ask with HEAD where to go on."
                .formatted(offset, filled.broken().getMessage()));
      }
      if (filled.bytes() < part.length) {
        return offset;
      }
    }
  }

  /**
   * What could be read.
   *
   * @param broken why it is less than was asked for; absent at the end of the stream
   */
  private record Filled(int bytes, @Nullable IOException broken) {}

  private static Filled fill(InputStream in, byte[] target) {
    int filled = 0;
    try {
      while (filled < target.length) {
        int read = in.read(target, filled, target.length - filled);
        if (read < 0) {
          return new Filled(filled, null);
        }
        filled += read;
      }
      return new Filled(filled, null);
    } catch (IOException e) {
      return new Filled(filled, e);
    }
  }

  private UploadView complete(UploadView upload) throws IOException, UploadException {
    Begun begun = read(Parts.begun(upload.id()), Begun.class).orElseThrow(() -> gone(upload.id()));
    Parts parts = new Parts(store, upload.id());
    StoredObject whole;
    try (InputStream content = parts.content()) {
      whole = store.put(Buckets.UPLOADS, Buckets.upload(upload.id()), content);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    UploadView done = describe(upload.id(), begun, whole);
    parts.remove();
    return done;
  }

  /**
   * Takes a file that comes in one piece.
   *
   * @param announced length; absent: unknown
   */
  public UploadView take(
      InputStream body, @Nullable Long announced, @Nullable String name, @Nullable String sha256)
      throws IOException, UploadException {
    checkSize(announced == null ? 0 : announced);
    UUID id = UUID.randomUUID();
    StoredObject whole;
    takePlace();
    try {
      whole = store.put(Buckets.UPLOADS, Buckets.upload(id), new LimitedStream(body, maxBytes));
    } catch (LimitedStream.BrokenException e) {
      throw new UploadException(
          Reason.BROKEN_OFF, "The connection broke, and nothing was kept: " + e.getMessage());
    } catch (LimitedStream.PassedException e) {
      throw new UploadException(
          Reason.TOO_LARGE,
          "An upload has at most %d bytes (tencrop.gateway.uploads.max-size).".formatted(maxBytes));
    } finally {
      places.release();
    }
    long bytes = announced == null ? whole.bytes() : announced;
    return describe(id, new Begun(name, bytes, sha256, clock.instant()), whole);
  }

  /** Checks what is in the store, and makes it known. */
  private UploadView describe(UUID id, Begun begun, StoredObject whole)
      throws IOException, UploadException {
    boolean right = begun.sha256() == null || begun.sha256().equalsIgnoreCase(whole.sha256());
    if (!right || whole.bytes() != begun.bytes()) {
      remove(id);
      throw new UploadException(
          Reason.WRONG_CONTENT,
          "%d bytes with the SHA-256 %s arrived, announced were %d bytes%s. Nothing was kept; send it again."
              .formatted(
                  whole.bytes(),
                  whole.sha256(),
                  begun.bytes(),
                  begun.sha256() == null ? "" : " with " + begun.sha256()));
    }
    UploadView view =
        new UploadView(
            id,
            begun.name(),
            whole.bytes(),
            whole.bytes(),
            null,
            "s3://%s/%s".formatted(whole.bucket(), whole.key()),
            whole.sha256());
    store.putIfAbsent(Buckets.UPLOADS, Buckets.uploadDescription(id), codec.encode(view));
    return view;
  }

  /** Removes an upload, complete or not. Data sets made from it stay. */
  public void remove(UUID id) throws IOException {
    store.delete(Buckets.UPLOADS, Buckets.uploadDescription(id));
    store.delete(Buckets.UPLOADS, Buckets.upload(id));
    new Parts(store, id).remove();
  }

  /**
   * Removes the uploads that were not completed in time.
   *
   * @return how many
   */
  public int removeExpired() throws IOException {
    int removed = 0;
    for (ObjectEntry object : store.list(Buckets.UPLOADS, Parts.PREFIX)) {
      if (!object.key().endsWith("/upload.json")) {
        continue;
      }
      UUID id = UUID.fromString(object.key().substring(Parts.PREFIX.length()).split("/", 2)[0]);
      Optional<Begun> begun = read(Parts.begun(id), Begun.class);
      if (begun.isPresent() && begun.get().expiresAt().isBefore(clock.instant())) {
        new Parts(store, id).remove();
        removed++;
      }
    }
    return removed;
  }
}
