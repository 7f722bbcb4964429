package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * The place that a source's URI names: local, in the object store, on the web, or carried along by
 * the program.
 */
public sealed interface SourceUri {
  /** A directory or file of this machine. */
  record Local(Path path) implements SourceUri {}

  /** Something to download. */
  record Remote(URI uri) implements SourceUri {}

  /**
   * An object of the platform's object store, or all those whose keys begin so.
   *
   * @param key may be empty: all of the bucket
   */
  record Stored(String bucket, String key) implements SourceUri {
    /** The key as that of a directory. */
    String prefix() {
      return key.isEmpty() || key.endsWith("/") ? key : key + "/";
    }
  }

  /** A data set in the program. */
  record Builtin(String name) implements SourceUri {}

  /** What a source may be written as. */
  String ALLOWED =
      "file:///directory, file:///archive.zip (or .tar, .tar.gz, .tgz), s3://bucket/prefix, or https://host/path";

  /**
   * Reads it.
   *
   * @throws URISyntaxException when it names none of them; the reason says why
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
      case "s3":
        if (uri.getAuthority() == null) {
          throw new URISyntaxException(text, "it names no bucket");
        }
        return new Stored(uri.getAuthority(), uri.getPath().replaceFirst("^/", ""));
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
