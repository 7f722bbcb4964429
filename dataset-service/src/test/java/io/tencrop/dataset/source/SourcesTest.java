package io.tencrop.dataset.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.DatasetRegistration.ClassFrom;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.api.DatasetRegistration.SourceType;
import io.tencrop.contracts.data.RejectedImages.RejectedImage;
import io.tencrop.dataset.TestImages;
import io.tencrop.dataset.source.SourceSnapshot.Layout;
import io.tencrop.dataset.source.SourceSnapshot.Part;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.S3Server;
import io.tencrop.storage.StoreUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir static Path server;
  private static S3Server s3;
  private static ObjectStore store;

  @TempDir Path directory;
  private final Map<String, String> index = new HashMap<>();
  private Sources sources;

  @BeforeAll
  static void start() throws IOException {
    s3 = S3Server.start(server);
    store = ObjectStore.connect(s3.settings());
    store.ensureBuckets(Buckets.ALL);
  }

  @AfterAll
  static void stop() {
    store.close();
    s3.close();
  }

  @BeforeEach
  void open() throws IOException {
    sources = sources(1 << 20);
  }

  private Sources sources(long maxArchiveBytes) throws IOException {
    return sources(store, maxArchiveBytes);
  }

  private Sources sources(ObjectStore objects, long maxArchiveBytes) throws IOException {
    Sources.SnapshotIndex snapshots =
        new Sources.SnapshotIndex() {
          @Override
          public Optional<String> find(String sourceKey, String fingerprint) {
            return Optional.ofNullable(index.get(sourceKey + fingerprint));
          }

          @Override
          public void save(String sourceKey, String fingerprint, String snapshotSha256) {
            index.put(sourceKey + fingerprint, snapshotSha256);
          }
        };
    return new Sources(
        objects,
        new FileCache(directory.resolve("cache"), 1 << 24),
        new MessageCodec(),
        snapshots,
        directory.resolve("work"),
        maxArchiveBytes);
  }

  private static byte[] images(int count, int side) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * side * side);
    bytes.putInt(0x803).putInt(count).putInt(side).putInt(side);
    for (int i = 0; i < count * side * side; i++) {
      bytes.put((byte) (i / (side * side) * 10));
    }
    return bytes.array();
  }

  private static byte[] labels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
    bytes.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> idxFiles() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("train-images-idx3-ubyte.gz", gzip(images(5, 4)));
    files.put("train-labels-idx1-ubyte.gz", gzip(labels(0, 1, 2, 1, 0)));
    files.put("t10k-images-idx3-ubyte.gz", gzip(images(2, 4)));
    files.put("t10k-labels-idx1-ubyte.gz", gzip(labels(2, 1)));
    return files;
  }

  private Path idxDirectory(Map<String, byte[]> files) throws IOException {
    Path idx = Files.createDirectories(directory.resolve("idx"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(idx.resolve(file.getKey()), file.getValue());
    }
    return idx;
  }

  private static Source idx(URI uri, Map<String, String> sha256, List<String> classes) {
    return new Source(SourceType.IDX, uri.toString(), sha256, classes);
  }

  private static Source folder(Path path) {
    return new Source(SourceType.IMAGE_FOLDER, path.toUri().toString(), null, null);
  }

  private int grey(SourceSnapshot snapshot, int id) throws Exception {
    try (SourceImages images = sources.open(snapshot)) {
      return images.read(id).data()[0] & 0xff;
    }
  }

  private PermanentFailureException refused(Source source) {
    try {
      sources.snapshot(source);
    } catch (PermanentFailureException e) {
      return e;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("expected a permanent failure", e);
    }
    throw new AssertionError("expected a failure");
  }

  @Test
  void idxIdsCountThroughTrainAndTest() throws Exception {
    Path idx = idxDirectory(idxFiles());
    SourceSnapshot snapshot = sources.snapshot(idx(idx.toUri(), null, null)).snapshot();
    assertThat(snapshot.labels()).containsExactly(0, 1, 2, 1, 0, 2, 1);
    assertThat(snapshot.ids(Part.TRAIN)).containsExactly(0, 1, 2, 3, 4);
    assertThat(snapshot.ids(Part.TEST)).containsExactly(5, 6);
    assertThat(snapshot.classes()).containsExactly("0", "1", "2");
    assertThat(snapshot.height()).isEqualTo(4);
    try (SourceImages images = sources.open(snapshot)) {
      assertThat(images.read(1).data()).containsOnly(10);
      assertThat(images.read(4).data()).containsOnly(40);
      assertThat(images.read(6).data()).containsOnly(10);
    }
  }

  @Test
  void digestDoesNotDependOnPlaceOrCompression() throws Exception {
    Path gzipped = idxDirectory(idxFiles());
    String digest = sources.snapshot(idx(gzipped.toUri(), null, null)).snapshot().digest();
    Path plain = Files.createDirectories(directory.resolve("plain"));
    Files.write(plain.resolve("train-images-idx3-ubyte"), images(5, 4));
    Files.write(plain.resolve("train-labels-idx1-ubyte"), labels(0, 1, 2, 1, 0));
    Files.write(plain.resolve("t10k-images.idx3-ubyte"), images(2, 4));
    Files.write(plain.resolve("t10k-labels-idx1-ubyte"), labels(2, 1));
    assertThat(sources.snapshot(idx(plain.toUri(), null, null)).snapshot().digest())
        .isEqualTo(digest);
    List<String> classes = List.of("a", "b", "c");
    assertThat(sources.snapshot(idx(plain.toUri(), null, classes)).snapshot().digest())
        .isNotEqualTo(digest);
  }

  @Test
  void unchangedSourceIsNotReadAgain() throws Exception {
    Path idx = idxDirectory(idxFiles());
    Source source = idx(idx.toUri(), null, null);
    Sources.Taken first = sources.snapshot(source);
    assertThat(sources.snapshot(source).sha256()).isEqualTo(first.sha256());
    assertThat(index).hasSize(1);
    Path labels = idx.resolve("t10k-labels-idx1-ubyte.gz");
    Files.write(labels, gzip(labels(0, 1)));
    Files.setLastModifiedTime(labels, FileTime.fromMillis(0));
    assertThat(sources.snapshot(source).sha256()).isNotEqualTo(first.sha256());
  }

  @Test
  void wrongIdxFilesAreRefused() throws Exception {
    Map<String, byte[]> files = idxFiles();
    Path idx = idxDirectory(files);
    Source source = idx(idx.toUri(), null, null);

    Files.write(idx.resolve("train-labels-idx1-ubyte.gz"), gzip(labels(0, 1, 2)));
    assertThat(refused(source))
        .hasMessageContaining("5 images")
        .hasMessageContaining("3 labels")
        .extracting(e -> e.failure().code())
        .isEqualTo(FailureCode.SOURCE_INVALID);

    byte[] whole = files.get("train-images-idx3-ubyte.gz");
    idxDirectory(files);
    Files.write(idx.resolve("train-images-idx3-ubyte.gz"), Arrays.copyOf(whole, whole.length - 9));
    assertThat(refused(source)).hasMessageContaining("truncated");

    Files.write(
        idx.resolve("train-images-idx3-ubyte.gz"), gzip(Arrays.copyOf(images(5, 4), 16 + 70)));
    assertThat(refused(source)).hasMessageContaining("announces 5 items");

    idxDirectory(files);
    assertThat(refused(idx(idx.toUri(), null, List.of("a", "b"))))
        .hasMessageContaining("label 2, but only 2 classes");
    assertThat(refused(idx(idx.toUri(), Map.of("t10k-labels-idx1-ubyte", "0".repeat(64)), null)))
        .hasMessageContaining("t10k-labels-idx1-ubyte has the SHA-256");

    Files.delete(idx.resolve("t10k-labels-idx1-ubyte.gz"));
    assertThat(refused(source)).hasMessageContaining("no readable file t10k-labels-idx1-ubyte");
  }

  @Test
  void downloadsOnceAndChecksDigests() throws Exception {
    Map<String, byte[]> files = idxFiles();
    AtomicInteger requests = new AtomicInteger();
    HttpServer http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    http.createContext(
        "/data/",
        exchange -> {
          requests.incrementAndGet();
          byte[] file = files.get(exchange.getRequestURI().getPath().substring("/data/".length()));
          exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
          if (file != null) {
            exchange.getResponseBody().write(file);
          }
          exchange.close();
        });
    http.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/data");
      Map<String, String> digests =
          Map.of(
              "train-images-idx3-ubyte.gz",
              Digests.sha256(files.get("train-images-idx3-ubyte.gz")),
              "train-labels-idx1-ubyte",
              Digests.sha256(labels(0, 1, 2, 1, 0)));
      Source source = idx(base, digests, null);
      SourceSnapshot snapshot = sources.snapshot(source).snapshot();
      assertThat(grey(snapshot, 3)).isEqualTo(30);
      sources.snapshot(source);
      assertThat(requests).hasValue(4);

      files.put("train-images-idx3-ubyte.gz", gzip(images(5, 5)));
      index.clear();
      assertThat(refused(source))
          .hasMessageContaining("train-images-idx3-ubyte.gz has the SHA-256");
      files.remove("train-images-idx3-ubyte.gz");
      PermanentFailureException missing = refused(source);
      assertThat(missing.failure().code()).isEqualTo(FailureCode.SOURCE_UNREADABLE);
      assertThat(missing).hasMessageContaining("answers 404");
    } finally {
      http.stop(0);
    }
    assertThatThrownBy(
            () ->
                sources.snapshot(
                    idx(
                        URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/gone"),
                        null,
                        null)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("cannot download http://127.0.0.1");
  }

  /** The same images as entries by path. */
  private static Map<String, byte[]> animals(String prefix) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      entries.put(prefix + "dog/d" + i + ".png", TestImages.png(4, 6, 100 + i));
      entries.put(prefix + "cat/c" + i + ".PNG", TestImages.png(4, 6, 200 + i));
    }
    entries.put(prefix + "cat/.hidden.png", new byte[3]);
    entries.put(prefix + "readme.txt", new byte[3]);
    return entries;
  }

  private Path zip(String name, Map<String, byte[]> entries) throws IOException {
    Path file = directory.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }

  private Path tar(String name, Map<String, byte[]> entries) throws IOException {
    Path file = directory.resolve(name);
    OutputStream out = Files.newOutputStream(file);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(name.endsWith("gz") ? new GZIPOutputStream(out) : out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
        header.setSize(entry.getValue().length);
        tar.putArchiveEntry(header);
        tar.write(entry.getValue());
        tar.closeArchiveEntry();
      }
    }
    return file;
  }

  @Test
  void foldersAndArchivesOfTheSameImagesAreTheSame() throws Exception {
    Path folder = directory.resolve("animals");
    for (Map.Entry<String, byte[]> entry : animals("").entrySet()) {
      Path file = folder.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
    SourceSnapshot plain = sources.snapshot(folder(folder)).snapshot();
    assertThat(plain.classes()).containsExactly("cat", "dog");
    assertThat(plain.labels()).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(plain.hasParts()).isFalse();
    assertThat(plain.width()).isEqualTo(6);

    Map<Path, Layout> archives =
        Map.of(
            zip("a.zip", animals("pets/all/")), Layout.ZIP,
            tar("a.tar", animals("pets/")), Layout.TAR,
            tar("a.tar.gz", animals("./")), Layout.TAR);
    for (Map.Entry<Path, Layout> archive : archives.entrySet()) {
      SourceSnapshot packed = sources.snapshot(folder(archive.getKey())).snapshot();
      assertThat(packed.layout()).isEqualTo(archive.getValue());
      assertThat(packed.digest()).isEqualTo(plain.digest());
      Files.delete(archive.getKey());
      assertThat(grey(packed, 4)).isEqualTo(101);
    }
  }

  @Test
  void partsOfTheSourceAreKept() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (String part : List.of("train", "Val", "test")) {
      for (String name : List.of("a", "b")) {
        entries.put("set/" + part + "/" + name + "/x.png", TestImages.png(2, 2, 1));
      }
    }
    SourceSnapshot snapshot = sources.snapshot(folder(zip("parts.zip", entries))).snapshot();
    assertThat(snapshot.hasParts()).isTrue();
    assertThat(snapshot.ids(Part.VALIDATION)).containsExactly(0, 1);
    assertThat(snapshot.ids(Part.TEST)).containsExactly(2, 3);
    assertThat(snapshot.ids(Part.TRAIN)).containsExactly(4, 5);
    assertThat(snapshot.classes()).containsExactly("a", "b");
  }

  private static byte[] cifar(int labelBytes, int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(labels.length * (labelBytes + 3072));
    for (int i = 0; i < labels.length; i++) {
      if (labelBytes == 2) {
        bytes.put((byte) 19);
      }
      bytes.put((byte) labels[i]);
      for (int plane = 0; plane < 3; plane++) {
        for (int pixel = 0; pixel < 1024; pixel++) {
          bytes.put((byte) (pixel == 33 ? 200 : 10 * i + plane));
        }
      }
    }
    return bytes.array();
  }

  private static Source cifar(Path path) {
    return new Source(SourceType.CIFAR, path.toUri().toString(), null, null);
  }

  @Test
  void cifarIsReadFromItsArchiveAndFromItsFiles() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/test_batch.bin", cifar(1, 1));
    files.put("cifar-10-batches-bin/data_batch_2.bin", cifar(1, 2, 0));
    files.put("cifar-10-batches-bin/data_batch_1.bin", cifar(1, 1));
    files.put("cifar-10-batches-bin/batches.meta.txt", "airplane\nautomobile\nbird\n\n".getBytes());
    files.put("cifar-10-batches-bin/readme.html", new byte[9]);
    SourceSnapshot snapshot = sources.snapshot(cifar(tar("cifar.tar.gz", files))).snapshot();
    assertThat(snapshot.layout()).isEqualTo(Layout.CIFAR);
    assertThat(snapshot.classes()).containsExactly("airplane", "automobile", "bird");
    assertThat(snapshot.labels()).containsExactly(1, 2, 0, 1);
    assertThat(snapshot.ids(Part.TEST)).containsExactly(3);
    try (SourceImages images = sources.open(snapshot)) {
      byte[] pixels = images.read(2).data();
      assertThat(pixels).hasSize(3072).startsWith(10, 11, 12, 10);
      assertThat(pixels[33 * 3]).isEqualTo((byte) 200);
    }
    Path plain = directory.resolve("plain-cifar");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = plain.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    assertThat(sources.snapshot(cifar(plain)).snapshot().digest()).isEqualTo(snapshot.digest());

    Path hundred = Files.createDirectories(directory.resolve("cifar-100-binary"));
    Files.write(hundred.resolve("train.bin"), cifar(2, 99, 3));
    SourceSnapshot fine = sources.snapshot(cifar(hundred)).snapshot();
    assertThat(fine.labels()).containsExactly(99, 3);
    assertThat(fine.classes()).hasSize(100).startsWith("0");
    assertThat(grey(fine, 1)).isEqualTo(10);
  }

  @Test
  void wrongCifarFilesAreRefused() throws Exception {
    Path bins = Files.createDirectories(directory.resolve("bins"));
    assertThat(refused(cifar(bins))).hasMessageContaining("neither data_batch_1.bin");
    Files.write(bins.resolve("data_batch_1.bin"), Arrays.copyOf(cifar(1, 1, 1), 6000));
    assertThat(refused(cifar(bins)))
        .hasMessageContaining(
            "data_batch_1.bin has 6000 bytes, which is no whole number of records");
    Files.write(bins.resolve("data_batch_1.bin"), cifar(1, 1, 7));
    Files.writeString(bins.resolve("batches.meta.txt"), "a\nb\n");
    assertThat(refused(cifar(bins))).hasMessageContaining("Image 1 has the label 7");
    Files.write(bins.resolve("data_batch_1.bin"), new byte[0]);
    assertThat(refused(cifar(bins))).hasMessageContaining("data_batch_1.bin has 0 bytes");

    byte[] whole = Files.readAllBytes(tar("c.tar.gz", Map.of("data_batch_1.bin", cifar(1, 0, 1))));
    Path cut = Files.write(directory.resolve("cut.tar.gz"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(refused(cifar(cut))).hasMessageContaining("truncated or damaged");
    assertThat(refused(cifar(tar("bomb.tar.gz", Map.of("data_batch_1.bin", new byte[4 << 20])))))
        .hasMessageContaining("uncompresses to more than the 1048576 bytes");
    assertThat(refused(cifar(tar("up.tar.gz", Map.of("../data_batch_1.bin", cifar(1, 0))))))
        .hasMessageContaining("leads out of it");
  }

  @Test
  void bucketsAreSources() throws Exception {
    String bucket = Buckets.DATASETS;
    for (Map.Entry<String, byte[]> entry : animals("mine/animals/").entrySet()) {
      store.putIfAbsent(bucket, entry.getKey(), entry.getValue());
    }
    store.putIfAbsent(bucket, "mine/animals-2/dog/x.png", TestImages.png(2, 2, 1));
    Path folder = directory.resolve("animals");
    for (Map.Entry<String, byte[]> entry : animals("").entrySet()) {
      Path file = folder.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
    Source source =
        new Source(SourceType.IMAGE_FOLDER, "s3://" + bucket + "/mine/animals", null, null);
    SourceSnapshot snapshot = sources.snapshot(source).snapshot();
    assertThat(snapshot.layout()).isEqualTo(Layout.BUCKET);
    assertThat(snapshot.digest()).isEqualTo(sources.snapshot(folder(folder)).snapshot().digest());
    assertThat(grey(snapshot, 4)).isEqualTo(101);
    store.delete(bucket, "mine/animals/dog/d1.png");
    assertThatThrownBy(() -> grey(snapshot, 4)).hasMessageContaining("dog/d1.png is gone");
    assertThat(sources.snapshot(source).snapshot().size()).isEqualTo(5);

    Path zip = zip("a.zip", animals(""));
    store.putIfAbsent(Buckets.UPLOADS, "uploads/1", Files.readAllBytes(zip));
    SourceSnapshot archive =
        sources
            .snapshot(
                new Source(
                    SourceType.IMAGE_FOLDER, "s3://" + Buckets.UPLOADS + "/uploads/1", null, null))
            .snapshot();
    assertThat(archive.layout()).isEqualTo(Layout.ZIP);
    assertThat(archive.files().get(0).location()).isEqualTo("uploads/1");
    assertThat(grey(archive, 4)).isEqualTo(101);

    for (Map.Entry<String, byte[]> file : idxFiles().entrySet()) {
      store.putIfAbsent(bucket, "digits/" + file.getKey(), file.getValue());
    }
    SourceSnapshot digits =
        sources.snapshot(idx(URI.create("s3://" + bucket + "/digits/"), null, null)).snapshot();
    assertThat(grey(digits, 3)).isEqualTo(30);
    assertThat(refused(idx(URI.create("s3://" + bucket + "/nothing"), null, null)))
        .hasMessageContaining("no readable file train-images-idx3-ubyte");
    assertThat(
            refused(new Source(SourceType.IMAGE_FOLDER, "s3://" + bucket + "/nothing", null, null)))
        .hasMessageContaining("no images");
  }

  @Test
  void classesMayBeInTheNamesOfFiles() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (String name : List.of("images/beagle_2.png", "images/Egyptian_Mau_11.png")) {
      entries.put(name, TestImages.png(2, 2, 1));
    }
    Source source =
        new Source(
            SourceType.IMAGE_FOLDER,
            zip("pets.zip", entries).toUri().toString(),
            null,
            null,
            ClassFrom.FILE_NAME);
    SourceSnapshot snapshot = sources.snapshot(source).snapshot();
    assertThat(snapshot.classes()).containsExactly("Egyptian_Mau", "beagle");
    assertThat(snapshot.labels()).containsExactly(0, 1);
  }

  @Test
  void dangerousArchivesAreRefused() throws Exception {
    byte[] png = TestImages.png(2, 2, 1);
    for (String name : List.of("../a/x.png", "/a/x.png", "a/../../x.png", "a\\..\\x.png")) {
      assertThat(refused(folder(zip("slip.zip", Map.of(name, png)))))
          .hasMessageContaining("leads out of it");
    }
    assertThat(refused(folder(tar("slip.tar", Map.of("../a/x.png", png)))))
        .hasMessageContaining("leads out of it");
    assertThat(refused(folder(zip("bomb.zip", Map.of("a/x.png", new byte[70 << 20])))))
        .hasMessageContaining("which no image does");
    Map<String, byte[]> zeros = Map.of("a/x.png", new byte[4 << 20]);
    assertThat(refused(folder(tar("bomb.tar.gz", zeros)))).hasMessageContaining("uncompresses");
    assertThat(refused(folder(Files.write(directory.resolve("no.zip"), new byte[] {'P', 'K', 0}))))
        .hasMessageContaining("cannot be read as zip");
  }

  @Test
  void zipThatUnpacksToTooMuchIsRefused() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      entries.put("a/" + i + ".png", new byte[300_000]);
    }
    assertThat(refused(folder(zip("much.zip", entries))))
        .hasMessageContaining("unpack to more than the 1048576 bytes allowed");
  }

  @Test
  void filesOfAnArchiveThatAreDamagedAreLeftOut() throws Exception {
    Map<String, byte[]> entries = animals("");
    byte[] zip = Files.readAllBytes(zip("whole.zip", entries));
    int data = new String(zip, ISO_8859_1).indexOf("dog/d1.png") + 10;
    Arrays.fill(zip, data, data + 20, (byte) 0xff);
    Path damaged = Files.write(directory.resolve("damaged.zip"), zip);
    SourceSnapshot snapshot = sources.snapshot(folder(damaged)).snapshot();
    assertThat(snapshot.size()).isEqualTo(5);
    assertThat(snapshot.rejected()).extracting(RejectedImage::path).containsExactly("dog/d1.png");
    assertThat(snapshot.rejected().get(0).reason()).startsWith("it is damaged in the archive");

    byte[] tar = Files.readAllBytes(tar("whole.tar", animals("")));
    int image = new String(tar, ISO_8859_1).indexOf("dog/d2.png") + 512 + 30;
    Path cut = Files.write(directory.resolve("cut.tar"), Arrays.copyOf(tar, image));
    assertThat(refused(folder(cut))).hasMessageContaining("runcated");
  }

  @Test
  void linksInArchivesAreNotFollowed() throws Exception {
    Path file = directory.resolve("links.tar");
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
        TarArchiveEntry link = new TarArchiveEntry("a/link" + kind + ".png", kind);
        link.setLinkName("/etc/passwd");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
    assertThat(refused(folder(file))).hasMessageContaining("no images");
    Path folder = Files.createDirectories(directory.resolve("linked/a"));
    TestImages.write(directory.resolve("elsewhere.png"), 2, 2, 1);
    Files.createSymbolicLink(folder.resolve("x.png"), directory.resolve("elsewhere.png"));
    assertThat(refused(folder(folder.getParent()))).hasMessageContaining("no images");
  }

  @Test
  void storeThatIsAwayIsAFailureThatMayPass() throws Exception {
    S3Server other = S3Server.start(directory.resolve("other-store"));
    SourceSnapshot snapshot;
    Sources stored;
    try (ObjectStore away = ObjectStore.connect(other.settings())) {
      away.ensureBuckets(Buckets.ALL);
      stored = sources(away, 1 << 20);
      Path zip = zip("away.zip", animals(""));
      away.putIfAbsent(Buckets.DATASETS, "away/a/x.png", TestImages.png(2, 2, 1));
      away.putIfAbsent(Buckets.DATASETS, "away/b/x.png", TestImages.png(2, 2, 1));
      URI prefix = URI.create("s3://" + Buckets.DATASETS + "/away");
      Source bucket = new Source(SourceType.IMAGE_FOLDER, prefix.toString(), null, null);
      snapshot = stored.snapshot(bucket).snapshot();
      try (SourceImages images = stored.open(snapshot)) {
        images.read(0);
        other.close();
        assertThatThrownBy(() -> images.read(1)).isInstanceOf(StoreUnavailableException.class);
      }
      assertThatThrownBy(() -> stored.snapshot(folder(zip)))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void foldersThatAreNoneAreRefused() throws Exception {
    byte[] png = TestImages.png(2, 2, 1);
    assertThat(refused(folder(zip("empty.zip", Map.of("readme.txt", png)))))
        .hasMessageContaining("no images");
    assertThat(refused(folder(zip("flat.zip", Map.of("a/x.png", png, "y.png", png)))))
        .hasMessageContaining("y.png lies in no class folder");
    assertThat(refused(folder(directory.resolve("absent")))).hasMessageContaining("does not exist");
    Source named =
        new Source(
            SourceType.IMAGE_FOLDER,
            zip("named.zip", animals("")).toUri().toString(),
            null,
            List.of("cat", "bird"));
    assertThat(refused(named)).hasMessageContaining("[cat, dog]").hasMessageContaining("bird");
  }

  @Test
  void imageThatChangedMeanwhileIsNoticed() throws Exception {
    Path folder = directory.resolve("changing");
    TestImages.write(folder.resolve("a/x.png"), 2, 2, 1);
    TestImages.write(folder.resolve("b/x.png"), 2, 2, 1);
    SourceSnapshot snapshot = sources.snapshot(folder(folder)).snapshot();
    TestImages.write(folder.resolve("b/x.png"), 2, 2, 9);
    try (SourceImages images = sources.open(snapshot)) {
      assertThat(images.read(0).height()).isEqualTo(2);
      assertThatThrownBy(() -> images.read(1))
          .isInstanceOf(PermanentFailureException.class)
          .hasMessageContaining("b/x.png is another one");
      Files.delete(folder.resolve("b/x.png"));
      assertThatThrownBy(() -> images.read(1))
          .isInstanceOf(PermanentFailureException.class)
          .hasMessageContaining("is gone");
    }
  }
}
