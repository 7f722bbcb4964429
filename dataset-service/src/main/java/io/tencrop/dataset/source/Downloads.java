package io.tencrop.dataset.source;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
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

/**
 * Fetches files from the web, and keeps files in the bucket of uploads, where every replica can
 * read them.
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
      copy(uri, in, target);
    }
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

  private void copy(URI uri, InputStream in, Path target) throws IOException {
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
