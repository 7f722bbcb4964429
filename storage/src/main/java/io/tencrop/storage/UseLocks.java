package io.tencrop.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Says to this and other processes which files of a directory are in use: for each, a shared lock
 * on one byte of a common lock file, at a position that comes from the file's name. The process
 * holds it as long as one of its users remains.
 *
 * <p>The operating system's locks belong to the process, and closing any channel of a file gives up
 * all locks on it; so there is one lock file that nobody else opens, and one channel to it.
 */
final class UseLocks {
  private static final Map<Path, UseLocks> BY_DIRECTORY = new HashMap<>();
  private static final int POSITION_DIGITS = 15;

  private final FileChannel channel;
  private final Map<Long, Held> held = new HashMap<>();

  private UseLocks(FileChannel channel) {
    this.channel = channel;
  }

  private static final class Held {
    final FileLock lock;
    int users;

    Held(FileLock lock) {
      this.lock = lock;
    }
  }

  /** What to do with a file that nobody uses. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /** The locks of a directory, given by its real path; one per process. */
  static UseLocks of(Path directory) throws IOException {
    synchronized (BY_DIRECTORY) {
      UseLocks locks = BY_DIRECTORY.get(directory);
      if (locks == null) {
        locks =
            new UseLocks(
                FileChannel.open(
                    directory.resolve("use.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
        BY_DIRECTORY.put(directory, locks);
      }
      return locks;
    }
  }

  /** Takes part in the use of a file, waiting while another process evicts it. */
  synchronized Use share(String sha256) throws IOException {
    long position = position(sha256);
    Held use = held.get(position);
    if (use == null) {
      use = new Held(channel.lock(position, 1, true));
      held.put(position, use);
    }
    use.users++;
    return new Use(position);
  }

  /**
   * Runs {@code action} if neither this nor another process uses the file.
   *
   * @return whether it ran
   */
  synchronized boolean ifUnused(String sha256, Action action) throws IOException {
    long position = position(sha256);
    if (held.containsKey(position)) {
      return false;
    }
    try (@Nullable FileLock lock = channel.tryLock(position, 1, false)) {
      if (lock == null) {
        return false;
      }
      action.run();
      return true;
    }
  }

  private static long position(String sha256) {
    return Long.parseLong(sha256.substring(0, POSITION_DIGITS), 16);
  }

  private synchronized void release(long position) throws IOException {
    Held use = Objects.requireNonNull(held.get(position));
    if (--use.users == 0) {
      held.remove(position);
      use.lock.release();
    }
  }

  /** One user's part; closing it twice does nothing more. */
  final class Use implements AutoCloseable {
    private final long position;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Use(long position) {
      this.position = position;
    }

    @Override
    public void close() throws IOException {
      if (closed.compareAndSet(false, true)) {
        release(position);
      }
    }
  }
}
