package io.tencrop.dataset.source;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.ObjectEntry;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Fetches files from the web and from the object store, and keeps files in the bucket of uploads,
 * where every replica can read them.
 */
final class Downloads {
  private final ObjectStore store;
  private final Path workDirectory;
  private final long maxBytes;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(15))
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /**
   * @param workDirectory for files on their way
   * @param maxBytes that a file may have
   */
  Downloads(ObjectStore store, Path workDirectory, long maxBytes) throws IOException {
    this.store = store;
    this.workDirectory = Files.createDirectories(workDirectory);
    this.maxBytes = maxBytes;
  }

  /** A fresh file to write to. */
  Path temporary() throws IOException {
    return Files.createTempFile(workDirectory, "fetch-", ".part");
  }

  /** A fresh directory for several files. */
  WorkFiles workFiles() throws IOException {
    return new WorkFiles(Files.createTempDirectory(workDirectory, "fetch-"));
  }

  /**
   * Brings a file that is not a local one.
   *
   * @throws PermanentFailureException when there is none or it is too large
   */
  void fetch(SourceUri uri, Path target) throws IOException, InterruptedException {
    if (uri instanceof SourceUri.Remote remote) {
      fetch(remote.uri(), target);
    } else if (uri instanceof SourceUri.Stored stored) {
      fetch(stored, target);
    } else {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE, "There is no file to fetch at " + uri);
    }
  }

  /**
   * Downloads to a local file.
   *
   * @throws PermanentFailureException when the server does not have it or it is too large
   * @throws IOException when the server cannot be reached; trying again may help
   */
  void fetch(URI uri, Path target) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build();
    HttpResponse<InputStream> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException("cannot download %s: %s".formatted(uri, e), e);
    }
    try (InputStream in = response.body()) {
      checkStatus(uri, response.statusCode());
      copy(uri.toString(), in, target);
    }
  }

  /**
   * Copies an object to a local file.
   *
   * @throws PermanentFailureException when there is none or it is too large
   */
  void fetch(SourceUri.Stored uri, Path target) throws IOException {
    try (InputStream in = store.open(uri.bucket(), uri.key())) {
      copy("s3://%s/%s".formatted(uri.bucket(), uri.key()), in, target);
    } catch (ObjectMissingException e) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE,
          "There is no object s3://%s/%s. Register the data set with the right bucket and key."
              .formatted(uri.bucket(), uri.key()),
          e);
    }
  }

  /** The objects that lie where the URI says, by key; one alone when it is an object's own. */
  List<ObjectEntry> list(SourceUri.Stored uri) throws IOException {
    List<ObjectEntry> objects = store.list(uri.bucket(), uri.key());
    return objects.stream()
        .filter(object -> object.key().equals(uri.key()) || object.key().startsWith(uri.prefix()))
        .toList();
  }

  /** Whether the URI is that of an object itself. */
  boolean isObject(SourceUri.Stored uri) throws IOException {
    return !uri.key().isEmpty()
        && !uri.key().endsWith("/")
        && store.exists(uri.bucket(), uri.key());
  }

  private static void checkStatus(URI uri, int status) throws IOException {
    if (status >= 500 || status == 429) {
      throw new IOException("cannot download %s: the server answers %d".formatted(uri, status));
    }
    if (status != 200) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE,
          "Cannot download %s: the server answers %d. Register the data set with the right URL."
              .formatted(uri, status));
    }
  }

  private void copy(String uri, InputStream in, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target)) {
      BoundedCopy.copy(
          in,
          out,
          maxBytes,
          () ->
              new PermanentFailureException(
                  FailureCode.SOURCE_INVALID,
                  "%s is larger than the %d bytes allowed (tencrop.dataset.max-archive-bytes)."
                      .formatted(uri, maxBytes)));
    }
  }

  /** Keeps a local file in the bucket of uploads, under its digest. */
  SourceFile keep(String role, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      StoredObject object =
          store.putByContent(Buckets.UPLOADS, sha256 -> "sources/" + sha256, in::transferTo);
      return new SourceFile(role, SourceFile.Place.STORED, object.key(), object.sha256());
    }
  }
}
