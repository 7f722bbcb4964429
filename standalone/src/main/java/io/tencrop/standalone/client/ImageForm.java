package io.tencrop.standalone.client;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A form with one file, RFC 7578. */
final class ImageForm {
  /** Too long to be found in an image by chance. */
  private static final String BOUNDARY = "tencrop-7f3a91c6e2d84b05a1c9";

  static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private ImageForm() {}

  static BodyPublisher of(Path file) throws FileNotFoundException {
    String name =
        String.valueOf(file.getFileName())
            .replace("\"", "%22")
            .replace("\r", "%0D")
            .replace("\n", "%0A");
    return BodyPublishers.concat(
        text(
            "--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                .formatted(BOUNDARY, name)),
        BodyPublishers.ofFile(file),
        text("\r\n--%s--\r\n".formatted(BOUNDARY)));
  }

  private static BodyPublisher text(String text) {
    return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
  }
}
