package io.tencrop.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
  @TempDir Path directory;
  private final AtomicInteger fetches = new AtomicInteger();

  private FileCache.Lease acquire(FileCache cache, String content) throws IOException {
    return cache.acquire(
        sha256(content),
        target -> {
          fetches.incrementAndGet();
          Files.writeString(target, content);
        });
  }

  private static String sha256(String content) {
    return Digests.sha256(content.getBytes(UTF_8));
  }

  private void age(FileCache.Lease lease, long seconds) throws IOException {
    Files.setLastModifiedTime(
        lease.path(), FileTime.fromMillis(System.currentTimeMillis() - seconds * 1000));
  }

  private long filesNamed(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }

  @Test
  void fetchesOnce() throws IOException {
    FileCache cache = new FileCache(directory, 1000);
    try (FileCache.Lease lease = acquire(cache, "content")) {
      assertThat(lease.path()).hasContent("content");
    }
    acquire(cache, "content").close();
    acquire(new FileCache(directory, 1000), "content").close();
    assertThat(fetches).hasValue(1);
  }

  @Test
  void leastRecentlyUsedGoesFirst() throws IOException {
    FileCache cache = new FileCache(directory, 10);
    FileCache.Lease a = acquire(cache, "aaaa");
    FileCache.Lease b = acquire(cache, "bbbb");
    age(a, 10);
    age(b, 20);
    a.close();
    b.close();
    acquire(cache, "cccc").close();
    assertThat(a.path()).exists();
    assertThat(b.path()).doesNotExist();
  }

  @Test
  void fileInUseStays() throws IOException {
    FileCache cache = new FileCache(directory, 5);
    FileCache.Lease first = acquire(cache, "aaaa");
    FileCache.Lease second = acquire(new FileCache(directory, 5), "aaaa");
    acquire(cache, "bbbb").close();
    first.close();
    first.close();
    acquire(cache, "cccc").close();
    assertThat(second.path()).exists();
    second.close();
    acquire(cache, "dddd").close();
    assertThat(second.path()).doesNotExist();
  }

  @Test
  void damagedFileIsFetchedAgain() throws IOException {
    FileCache.Lease lease = acquire(new FileCache(directory, 1000), "content");
    lease.close();
    Files.writeString(lease.path(), "damaged");
    try (FileCache.Lease again = acquire(new FileCache(directory, 1000), "content")) {
      assertThat(again.path()).hasContent("content");
    }
    assertThat(fetches).hasValue(2);
  }

  @Test
  void wrongContentIsRefusedAndLeavesNothing() throws IOException {
    FileCache cache = new FileCache(directory, 1000);
    assertThatThrownBy(
            () ->
                cache.acquire(
                    sha256("expected"), target -> Files.writeString(target, "unexpected")))
        .isInstanceOf(ObjectCorruptException.class);
    assertThat(filesNamed(".data")).isZero();
    assertThat(filesNamed(".part")).isZero();
  }

  @Test
  void threadsShareOneFetch() throws Exception {
    FileCache cache = new FileCache(directory, 20);
    var pool = Executors.newFixedThreadPool(8);
    List<Callable<String>> readers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String content = "content" + i % 4;
      readers.add(
          () -> {
            try (FileCache.Lease lease = acquire(cache, content)) {
              assertThat(lease.path()).hasContent(content);
              return content;
            }
          });
    }
    for (var read : pool.invokeAll(readers)) {
      read.get();
    }
    pool.shutdown();
    assertThat(filesNamed(".data")).isLessThanOrEqualTo(3);
    assertThat(filesNamed(".part")).isZero();
  }

  /** Another process: uses a file until its standard input ends. */
  static final class User {
    public static void main(String[] arguments) throws IOException {
      FileCache cache = new FileCache(Path.of(arguments[0]), 5);
      try (FileCache.Lease lease =
          cache.acquire(sha256("aaaa"), target -> Files.writeString(target, "aaaa"))) {
        System.out.println(lease.path());
        System.out.flush();
        while (System.in.read() >= 0) {
          // until the test closes the stream
        }
      }
    }
  }

  @Test
  void fileInUseByAnotherProcessStays() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                User.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      Path used = Path.of(other.inputReader().readLine());
      FileCache cache = new FileCache(directory, 5);
      acquire(cache, "bbbb").close();
      assertThat(used).exists();
      other.getOutputStream().close();
      assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
      acquire(cache, "cccc").close();
      assertThat(used).doesNotExist();
    } finally {
      other.destroyForcibly();
    }
  }
}
