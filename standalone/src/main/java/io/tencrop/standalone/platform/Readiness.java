package io.tencrop.standalone.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Whether a child that was started can do its work now. */
interface Readiness {
  boolean reached() throws InterruptedException;

  /** The child creates this file; one left from before is deleted by whoever starts the child. */
  static Readiness file(Path file) {
    return () -> Files.exists(file);
  }

  /** This address answers 200. */
  static Readiness http(HttpClient client, URI uri) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    return () -> {
      try {
        return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
      } catch (IOException e) {
        // Not listening yet: the next probe may find it so.
        return false;
      }
    };
  }
}
