package io.tencrop.standalone.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords and keys between the parts of one platform, made once per data directory. */
record Secrets(
    String storeAccessKey,
    String storeSecretKey,
    String databasePassword,
    String databaseSuperuserPassword) {

  /** Those kept in {@code file}; made and kept there, readable by its owner only, when absent. */
  static Secrets loadOrCreate(Path file, ObjectMapper json) throws IOException {
    if (Files.exists(file)) {
      return json.readValue(file.toFile(), Secrets.class);
    }
    SecureRandom random = new SecureRandom();
    Secrets secrets =
        new Secrets(token(random, 12), token(random, 30), token(random, 30), token(random, 30));
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    json.writeValue(file.toFile(), secrets);
    return secrets;
  }

  private static String token(SecureRandom random, int bytes) {
    byte[] token = new byte[bytes];
    random.nextBytes(token);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** Keeps them out of logs. */
  @Override
  public String toString() {
    return "Secrets[hidden]";
  }
}
