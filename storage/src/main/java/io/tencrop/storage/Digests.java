package io.tencrop.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 in lower-case hex, the name of content everywhere. */
public final class Digests {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int CHUNK = 1 << 16;

  private Digests() {}

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The digest of {@code content}. */
  public static String sha256(byte[] content) {
    return hex(sha256().digest(content));
  }

  /** The digest of a file's content. */
  public static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return sha256(in);
    }
  }

  /** The digest of all that the stream still has. */
  public static String sha256(InputStream in) throws IOException {
    DigestInputStream digesting = new DigestInputStream(in, sha256());
    byte[] chunk = new byte[CHUNK];
    while (digesting.read(chunk) >= 0) {
      // the digest is what reading is for
    }
    return hex(digesting.getMessageDigest().digest());
  }

  /** Lower-case hex. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether {@code text} is a SHA-256 in lower-case hex. */
  public static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }
}
