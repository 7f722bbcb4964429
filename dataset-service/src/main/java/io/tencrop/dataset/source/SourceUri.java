package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The place that a source's URI names: local, on the web, or carried along by the program. */
public sealed interface SourceUri {
  /** A directory or file of this machine. */
  record Local(Path path) implements SourceUri {}

  /** Something to download. */
  record Remote(URI uri) implements SourceUri {}

  /** A data set in the program. */
  record Builtin(String name) implements SourceUri {}

  /** What a source may be written as. */
  String ALLOWED =
      "file:///directory, file:///archive.zip (or .tar, .tar.gz, .tgz), or https://host/path";

  /**
   * Reads it.
   *
   * @throws URISyntaxException when it names none of the three; the reason says why
   */
  static SourceUri parse(String text) throws URISyntaxException {
    if (text.startsWith("/")) {
      return new Local(Path.of(text).normalize());
    }
    URI uri = new URI(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    switch (scheme) {
      case "builtin":
        return new Builtin(uri.getSchemeSpecificPart());
      case "file":
        try {
          return new Local(Path.of(uri).normalize());
        } catch (IllegalArgumentException e) {
          throw new URISyntaxException(text, "not a local file (expected file:///path)");
        }
      case "https", "http":
        if (uri.getHost() == null) {
          throw new URISyntaxException(text, "it names no host");
        }
        return new Remote(uri);
      default:
        throw new URISyntaxException(text, "expected " + ALLOWED);
    }
  }

  /** As {@link #parse}, for a source that was checked when it was registered. */
  static SourceUri of(String text) {
    try {
      return parse(text);
    } catch (URISyntaxException e) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE, "The source's URI is not valid: " + e.getMessage(), e);
    }
  }
}
