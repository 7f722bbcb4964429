package io.tencrop.standalone.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.apache.commons.io.FileUtils;

/**
 * PostgreSQL with durable settings, the role {@value #NAME} and its database of the same name. It
 * listens on loopback only, opens no socket file, and asks every client for a password, which this
 * class finds in its environment.
 *
 * <p>Arguments: directory, port, file to create when ready, directory that the server's own files
 * are unpacked to.
 */
public final class PostgresServer {
  /** Name of the role and of its database. */
  public static final String NAME = "tencrop";

  /** Name of the environment variable with the password of role {@value #NAME}. */
  public static final String PASSWORD = "TENCROP_DATABASE_PASSWORD";

  /** Name of the environment variable with the password of the superuser. */
  public static final String SUPERUSER_PASSWORD = "TENCROP_DATABASE_SUPERUSER_PASSWORD";

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private PostgresServer() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    int port = Integer.parseInt(args[1]);
    ServerLifecycle.exitWithParent();
    Files.createDirectories(directory.getParent());
    EmbeddedPostgres server = startAlone(directory, port, Path.of(args[3]));
    ServerLifecycle.onExit("postgres", server::close);
    createDatabase(port);
    ServerLifecycle.announceReady(Path.of(args[2]));
    Thread.currentThread().join();
  }

  /**
   * Starts the server, one at a time among all platforms that share the directory of unpacked
   * files.
   */
  private static EmbeddedPostgres startAlone(Path directory, int port, Path binaries)
      throws IOException {
    Files.createDirectories(binaries);
    try (FileChannel channel =
        FileChannel.open(
            binaries.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      deleteHalfUnpacked(binaries);
      return start(directory, port, binaries.toFile());
    }
  }

  /** An unpacking that was interrupted has no mark of its end, and would be in the way for ever. */
  private static void deleteHalfUnpacked(Path binaries) throws IOException {
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(binaries, "PG-*")) {
      for (Path version : versions) {
        if (!Files.exists(version.resolve(".exists"))) {
          FileUtils.deleteDirectory(version.toFile());
        }
      }
    }
  }

  private static EmbeddedPostgres start(Path directory, int port, File binaries)
      throws IOException {
    Path passwordFile = directory.resolveSibling("postgres-password");
    Files.deleteIfExists(passwordFile);
    Files.createFile(
        passwordFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(passwordFile, secret(SUPERUSER_PASSWORD));
      return EmbeddedPostgres.builder()
          .setPort(port)
          .setDataDirectory(directory)
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setOverrideWorkingDirectory(binaries)
          .setPGStartupWait(START_LIMIT)
          .setErrorRedirector(Redirect.INHERIT)
          .setOutputRedirector(Redirect.INHERIT)
          .setConnectConfig("password", secret(SUPERUSER_PASSWORD))
          // These three are options of initdb, given after its "trust" and stronger than it.
          .setLocaleConfig("auth-host", "scram-sha-256")
          .setLocaleConfig("auth-local", "scram-sha-256")
          .setLocaleConfig("pwfile", passwordFile.toString())
          .setLocaleConfig("locale", "C")
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("listen_addresses", "127.0.0.1")
          .setServerConfig("unix_socket_directories", "")
          .setServerConfig("shared_buffers", "64MB")
          .setServerConfig("max_connections", "60")
          .start();
    } finally {
      Files.delete(passwordFile);
    }
  }

  private static void createDatabase(int port) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "postgres",
                secret(SUPERUSER_PASSWORD));
        Statement statement = connection.createStatement()) {
      // A statement that creates takes no parameters; the driver's escaping makes the literal.
      String password = statement.enquoteLiteral(secret(PASSWORD));
      if (exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?")) {
        statement.execute("ALTER ROLE " + NAME + " LOGIN PASSWORD " + password);
      } else {
        statement.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD " + password);
      }
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?")) {
        statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
      }
    }
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, NAME);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String secret(String variable) {
    return Objects.requireNonNull(System.getenv(variable), variable + " is not set");
  }
}
