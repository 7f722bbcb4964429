package io.tencrop.standalone.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.api.UploadView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Sends a file in pieces, and goes on where it was when a connection breaks. */
final class DataUpload {
  private static final long PIECE_BYTES = 64L << 20;
  private static final int ATTEMPTS = 8;
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);

  private final Uploads uploads;
  private final LongConsumer progress;

  /**
   * @param progress is told how many bytes have arrived
   */
  DataUpload(Uploads uploads, LongConsumer progress) {
    this.uploads = uploads;
    this.progress = progress;
  }

  /** What a gateway does with uploads. */
  interface Uploads {
    UploadView begin(long bytes, String metadata) throws IOException, InterruptedException;

    UploadView find(UploadView upload) throws IOException, InterruptedException;

    void append(UploadView upload, InputStream piece) throws IOException, InterruptedException;
  }

  /**
   * Sends the file.
   *
   * @throws GatewayAwayException when the gateway stays away
   */
  UploadView send(Path file) throws IOException, InterruptedException {
    UploadView upload = uploads.begin(Files.size(file), metadata(file));
    int failures = 0;
    while (upload.uri() == null) {
      long before = upload.offset();
      try (InputStream in = Files.newInputStream(file)) {
        in.skipNBytes(upload.offset());
        uploads.append(upload, new Piece(in, PIECE_BYTES));
        upload = uploads.find(upload);
      } catch (GatewayAwayException e) {
        upload = afterFailure(upload, ++failures, e);
      } catch (GatewayException e) {
        if (!e.isConflict()) {
          throw e;
        }
        // Of an attempt whose connection broke, more arrived than was known.
        upload = afterFailure(upload, ++failures, e);
      }
      if (upload.offset() > before) {
        failures = 0;
      }
      progress.accept(upload.offset());
    }
    return upload;
  }

  private <E extends Exception> UploadView afterFailure(UploadView upload, int failures, E failure)
      throws E, IOException, InterruptedException {
    if (failures >= ATTEMPTS) {
      throw failure;
    }
    Thread.sleep(FIRST_DELAY.multipliedBy(1L << failures - 1).toMillis());
    return foundAgain(upload);
  }

  /** As it is now; as it was, when the gateway is still away. */
  private UploadView foundAgain(UploadView upload) throws IOException, InterruptedException {
    try {
      return uploads.find(upload);
    } catch (GatewayAwayException e) {
      return upload;
    }
  }

  private static String metadata(Path file) throws IOException {
    Base64.Encoder base64 = Base64.getEncoder();
    return "filename %s,sha256 %s"
        .formatted(
            base64.encodeToString(String.valueOf(file.getFileName()).getBytes(UTF_8)),
            base64.encodeToString(sha256(file).getBytes(UTF_8)));
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
