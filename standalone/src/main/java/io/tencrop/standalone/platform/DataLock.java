package io.tencrop.standalone.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Says that a launcher uses a data directory; the operating system drops it when the launcher ends.
 */
final class DataLock implements AutoCloseable {
  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws PlatformException when another launcher has it
   */
  static DataLock take(DataDirectory data) throws IOException {
    FileChannel channel =
        FileChannel.open(data.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      String holder =
          new StateFile(data)
              .read()
              .map(state -> " (process " + state.launcher().pid() + ", " + state.gateway() + ")")
              .orElse("");
      throw new PlatformException(
          "A platform already runs over %s%s. Stop it with `./tencrop down`, or choose another place with --data."
              .formatted(data.path(), holder));
    }
    return new DataLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This very process has it.
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
