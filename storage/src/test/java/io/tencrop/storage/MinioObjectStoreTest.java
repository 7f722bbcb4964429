package io.tencrop.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinioObjectStoreTest {
  private static final String BUCKET = "tencrop-test";

  @TempDir static Path directory;
  private static S3Server server;
  private static ObjectStore store;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(directory.resolve("objects"));
    store = ObjectStore.connect(server.settings());
    store.ensureBuckets(List.of(BUCKET));
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  @Test
  void ensuringBucketsTwiceIsFine() throws IOException {
    store.ensureBuckets(List.of(BUCKET, "tencrop-another"));
    store.ensureBuckets(List.of(BUCKET, "tencrop-another"));
    assertThat(store.list("tencrop-another", "")).isEmpty();
  }

  @Test
  void equalObjectIsSuccessAndAnotherIsConflict() throws IOException {
    StoredObject first = store.putIfAbsent(BUCKET, "absent/a", "one".getBytes(UTF_8));
    assertThat(first.sha256()).isEqualTo(Digests.sha256("one".getBytes(UTF_8)));
    assertThat(store.putIfAbsent(BUCKET, "absent/a", "one".getBytes(UTF_8))).isEqualTo(first);
    assertThatThrownBy(() -> store.putIfAbsent(BUCKET, "absent/a", "two".getBytes(UTF_8)))
        .isInstanceOf(ObjectConflictException.class)
        .hasMessageContaining("absent/a");
    assertThat(store.get(BUCKET, "absent/a")).isEqualTo("one".getBytes(UTF_8));
  }

  @Test
  void filesOfAnySizeComeBackAsTheyWere() throws IOException {
    for (int size : new int[] {0, 1, 6 << 20, 100 << 20}) {
      byte[] content = random(size);
      Path file = Files.write(directory.resolve("source-" + size), content);
      StoredObject stored = store.putIfAbsent(BUCKET, "files/" + size, file);
      assertThat(store.putIfAbsent(BUCKET, "files/" + size, file)).isEqualTo(stored);
      assertThat(store.size(BUCKET, "files/" + size)).isEqualTo(size);
      Path copy = directory.resolve("sub/copy-" + size);
      store.download(BUCKET, "files/" + size, stored.sha256(), copy);
      assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
      Files.delete(copy);
      Files.delete(file);
    }
  }

  @Test
  void whatIsTooLargeForARequestGoesInParts() throws IOException {
    byte[] content = random(37 << 20);
    Path file = Files.write(directory.resolve("parts"), content);
    try (ObjectStore inParts = new MinioObjectStore(server.settings(), 1 << 20)) {
      StoredObject stored = inParts.putIfAbsent(BUCKET, "parts", file);
      assertThat(inParts.putIfAbsent(BUCKET, "parts", file)).isEqualTo(stored);
      assertThat(store.get(BUCKET, "parts", stored.sha256())).isEqualTo(content);
    }
    Files.delete(file);
  }

  @Test
  void largeFileDoesNotReplaceAnother() throws IOException {
    Path file = Files.write(directory.resolve("large"), random(97 << 20));
    store.putIfAbsent(BUCKET, "large", "small".getBytes(UTF_8));
    assertThatThrownBy(() -> store.putIfAbsent(BUCKET, "large", file))
        .isInstanceOf(ObjectConflictException.class);
    Files.delete(file);
  }

  @Test
  void contentNamesItself() throws IOException {
    byte[] content = random(1 << 20);
    StoredObject stored =
        store.putByContent(BUCKET, sha256 -> "by/" + sha256 + ".bin", out -> out.write(content));
    assertThat(stored.key()).isEqualTo("by/" + Digests.sha256(content) + ".bin");
    assertThat(stored.bytes()).isEqualTo(content.length);
    assertThat(store.get(BUCKET, stored.key(), stored.sha256())).isEqualTo(content);
    assertThat(store.putByContent(BUCKET, s -> "by/" + s + ".bin", out -> out.write(content)))
        .isEqualTo(stored);
  }

  @Test
  void streamOfUnknownLengthIsDigested() throws IOException {
    byte[] content = random(20 << 20);
    StoredObject stored = store.put(BUCKET, "stream", new ByteArrayInputStream(content));
    assertThat(stored.sha256()).isEqualTo(Digests.sha256(content));
    assertThat(stored.bytes()).isEqualTo(content.length);
    assertThat(store.get(BUCKET, "stream", stored.sha256())).isEqualTo(content);
    StoredObject empty = store.put(BUCKET, "stream", InputStream.nullInputStream());
    assertThat(store.size(BUCKET, "stream")).isZero();
    assertThat(empty.bytes()).isZero();
  }

  @Test
  void failureOfTheSourceIsNotTheStoresFailure() {
    InputStream failing =
        new FilterInputStream(new ByteArrayInputStream(random(9 << 20))) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            if (n < 0) {
              throw new IOException("source broke");
            }
            return n;
          }
        };
    assertThatThrownBy(() -> store.put(BUCKET, "broken", failing))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("source broke");
  }

  @Test
  void oneOfManyWritersWinsAndTheOthersAreTold() throws Exception {
    var pool = Executors.newFixedThreadPool(8);
    List<Callable<Boolean>> writers =
        IntStream.range(0, 16)
            .<Callable<Boolean>>mapToObj(
                i ->
                    () -> {
                      try {
                        store.putIfAbsent(BUCKET, "race", ("writer " + i).getBytes(UTF_8));
                        return true;
                      } catch (ObjectConflictException e) {
                        return false;
                      }
                    })
            .toList();
    int winners = 0;
    for (var result : pool.invokeAll(writers)) {
      winners += result.get() ? 1 : 0;
    }
    pool.shutdown();
    assertThat(winners).isEqualTo(1);
  }

  @Test
  void partOfAnObject() throws IOException {
    store.putIfAbsent(BUCKET, "range", "0123456789".getBytes(UTF_8));
    try (InputStream in = store.open(BUCKET, "range", 3, 4)) {
      assertThat(in.readAllBytes()).isEqualTo("3456".getBytes(UTF_8));
    }
  }

  @Test
  void corruptObjectLeavesNoFile() throws IOException {
    store.putIfAbsent(BUCKET, "corrupt", "bytes".getBytes(UTF_8));
    Path target = directory.resolve("corrupt/file");
    String wrong = Digests.sha256("other".getBytes(UTF_8));
    assertThatThrownBy(() -> store.download(BUCKET, "corrupt", wrong, target))
        .isInstanceOf(ObjectCorruptException.class)
        .hasMessageContaining("tencrop-test/corrupt")
        .hasMessageContaining(wrong);
    assertThatThrownBy(() -> store.get(BUCKET, "corrupt", wrong))
        .isInstanceOf(ObjectCorruptException.class);
    try (Stream<Path> left = Files.list(target.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void missingObjectIsSaidToBeMissing() throws IOException {
    assertThat(store.exists(BUCKET, "nowhere")).isFalse();
    assertThatThrownBy(() -> store.get(BUCKET, "nowhere"))
        .isInstanceOf(ObjectMissingException.class)
        .hasMessage("object tencrop-test/nowhere does not exist");
    assertThatThrownBy(() -> store.size(BUCKET, "nowhere"))
        .isInstanceOf(ObjectMissingException.class);
    store.delete(BUCKET, "nowhere");
  }

  @Test
  void listsByPrefixAndDeletes() throws IOException {
    store.putIfAbsent(BUCKET, "list/b", new byte[2]);
    store.putIfAbsent(BUCKET, "list/a/x", new byte[1]);
    store.putIfAbsent(BUCKET, "list-other", new byte[3]);
    assertThat(store.list(BUCKET, "list/"))
        .extracting(ObjectEntry::key, ObjectEntry::bytes)
        .containsExactly(tuple("list/a/x", 1L), tuple("list/b", 2L));
    store.delete(BUCKET, "list/a/x");
    assertThat(store.exists(BUCKET, "list/a/x")).isFalse();
  }

  @Test
  void storeAwayIsUnavailable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (ObjectStore away =
        ObjectStore.connect(new StoreSettings("http://127.0.0.1:" + port, "key", "secret"))) {
      assertThatThrownBy(() -> away.get(BUCKET, "x"))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("127.0.0.1:" + port);
      assertThatThrownBy(() -> away.ensureBuckets(List.of(BUCKET)))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> away.putIfAbsent(BUCKET, "x", new byte[1]))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> away.put(BUCKET, "x", InputStream.nullInputStream()))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> away.putByContent(BUCKET, s -> s, out -> out.write(1)))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> away.list(BUCKET, "x"))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> away.exists(BUCKET, "x"))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void wrongKeysAreNamedAsTheCause() {
    StoreSettings right = server.settings();
    try (ObjectStore wrong =
        ObjectStore.connect(new StoreSettings(right.endpoint(), right.accessKey(), "wrong-one"))) {
      assertThatThrownBy(() -> wrong.putIfAbsent(BUCKET, "x", new byte[1]))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("tencrop.store.access-key");
      assertThatThrownBy(() -> wrong.putByContent(BUCKET, s -> s, out -> out.write(1)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("tencrop.store.access-key");
    }
  }

  @Test
  void settingsDoNotShowTheSecretAndRefuseNonsense() {
    assertThat(new StoreSettings("http://localhost:9000", "key", "hidden").toString())
        .doesNotContain("hidden");
    assertThatThrownBy(() -> new StoreSettings("localhost:9000", "key", "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://host:port");
  }

  private static byte[] random(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }
}
