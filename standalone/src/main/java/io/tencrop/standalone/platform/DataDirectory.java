package io.tencrop.standalone.platform;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * All that a platform keeps.
 *
 * <pre>
 *   kafka/ postgres/ objects/   data of the servers
 *   work/                       scratch space of the services, may be deleted when nothing runs
 *   logs/                       a file per child
 *   secrets.json                passwords and keys, mode 600
 *   state.json                  what runs now
 *   lock                        held by the launcher as long as it lives
 * </pre>
 *
 * @param path absolute
 */
public record DataDirectory(Path path) {
  private static final long LEAST_FREE_BYTES = 1L << 30;

  public static DataDirectory of(Path path) {
    return new DataDirectory(path.toAbsolutePath().normalize());
  }

  /**
   * Makes the directory when it is not there.
   *
   * @throws PlatformException when it cannot be written, or its disk is nearly full
   */
  void prepare() {
    try {
      Files.createDirectories(logs());
      Files.createDirectories(work());
      Files.createDirectories(ready());
      FileStore disk = Files.getFileStore(path);
      if (disk.getUsableSpace() < LEAST_FREE_BYTES) {
        throw new PlatformException(
            "The disk of %s has only %d MiB free; the platform needs 1 GiB to start. Free some, or choose another place with --data."
                .formatted(path, disk.getUsableSpace() >> 20));
      }
    } catch (IOException e) {
      throw new PlatformException("Cannot use %s for data: %s".formatted(path, e), e);
    }
  }

  public Path logs() {
    return path.resolve("logs");
  }

  public Path log(String child) {
    return logs().resolve(child + ".log");
  }

  /** The log of a child's life that begins now; that of the life before is kept beside it. */
  Path freshLog(String child) throws IOException {
    Path log = log(child);
    if (Files.exists(log)) {
      Files.move(log, logs().resolve(child + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  Path kafka() {
    return path.resolve("kafka");
  }

  Path postgres() {
    return path.resolve("postgres");
  }

  Path objects() {
    return path.resolve("objects");
  }

  Path work() {
    return path.resolve("work");
  }

  /** Where a server leaves the file that says that it is ready. */
  Path ready() {
    return work().resolve("ready");
  }

  Path secrets() {
    return path.resolve("secrets.json");
  }

  Path state() {
    return path.resolve("state.json");
  }

  Path lock() {
    return path.resolve("lock");
  }
}
