package io.tencrop.dataset.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;

/**
 * A digest over what tells without reading whether files are still the same: path, size, time of
 * change.
 */
final class Fingerprint {
  /** Changes when sources are read otherwise, so that what was read before is read anew. */
  private static final String READING = "2";

  private final MessageDigest digest = Digests.sha256();

  Fingerprint() {
    with(READING);
  }

  Fingerprint with(String text) {
    digest.update(text.getBytes(UTF_8));
    digest.update((byte) 0);
    return this;
  }

  Fingerprint with(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return with(
        "%s\t%d\t%s".formatted(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
  }

  Fingerprint with(ObjectEntry object) {
    return with("%s\t%d\t%s".formatted(object.key(), object.bytes(), object.etag()));
  }

  String hex() {
    return Digests.hex(digest.digest());
  }
}
