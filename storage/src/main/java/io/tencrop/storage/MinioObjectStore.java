package io.tencrop.storage;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;

/** An {@link ObjectStore} over the S3 protocol: MinIO, or any server that speaks it. */
final class MinioObjectStore implements ObjectStore {
  /** User metadata that holds the digest of the content. */
  private static final String SHA256 = "sha256";

  /** From here on it is asked first whether an object exists, before its bytes are sent. */
  private static final long WORTH_ASKING = 16L << 20;

  /** Of an object that is too large for one request: S3 takes 10,000 parts. */
  private static final long PART = 16L << 20;

  private static final long STREAM_PART = 8L << 20;

  private final S3Failures failures;
  private final long maxRequest;
  private final OkHttpClient http;
  private final MinioClient client;
  private final StreamedUpload uploads;

  MinioObjectStore(StoreSettings settings) {
    this(settings, StreamedUpload.MAX_BYTES);
  }

  /**
   * @param maxRequest what the server takes in one request, in bytes
   */
  MinioObjectStore(StoreSettings settings, long maxRequest) {
    this.maxRequest = maxRequest;
    failures = new S3Failures(settings.endpoint());
    http =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(Duration.ofSeconds(60))
            .writeTimeout(Duration.ofSeconds(60))
            .build();
    client =
        MinioClient.builder()
            .endpoint(settings.endpoint())
            .credentials(settings.accessKey(), settings.secretKey())
            .httpClient(http)
            .build();
    uploads = new StreamedUpload(client, http);
  }

  @Override
  public void ensureBuckets(Collection<String> buckets) throws IOException {
    for (String bucket : buckets) {
      try {
        S3Failures.send(() -> ensureBucket(bucket));
      } catch (MinioException e) {
        String code = S3Failures.code(e);
        if (!code.equals("BucketAlreadyOwnedByYou") && !code.equals("BucketAlreadyExists")) {
          throw failures.of("create bucket", bucket, "", e);
        }
      }
    }
  }

  private boolean ensureBucket(String bucket) throws MinioException {
    boolean exists = client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build());
    if (!exists) {
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    }
    return exists;
  }

  @Override
  public StoredObject putIfAbsent(String bucket, String key, byte[] content) throws IOException {
    StoredObject object = new StoredObject(bucket, key, Digests.sha256(content), content.length);
    try {
      PutObjectArgs put =
          PutObjectArgs.builder()
              .bucket(bucket)
              .object(key)
              .userMetadata(Map.of(SHA256, object.sha256()))
              .extraHeaders(Map.of("If-None-Match", "*"))
              .data(content, content.length)
              .build();
      S3Failures.send(() -> client.putObject(put));
    } catch (MinioException e) {
      settle(object, e);
    }
    return object;
  }

  @Override
  public StoredObject putIfAbsent(String bucket, String key, Path file) throws IOException {
    return upload(new StoredObject(bucket, key, Digests.sha256(file), Files.size(file)), file);
  }

  @Override
  public StoredObject putByContent(String bucket, UnaryOperator<String> key, ContentWriter content)
      throws IOException {
    Path staged = Files.createTempFile("tencrop-put-", ".part");
    try {
      String sha256;
      try (DigestOutputStream digesting =
              new DigestOutputStream(Files.newOutputStream(staged), Digests.sha256());
          OutputStream out = new BufferedOutputStream(digesting, 1 << 16)) {
        content.writeTo(out);
        out.flush();
        sha256 = Digests.hex(digesting.getMessageDigest().digest());
      }
      return upload(
          new StoredObject(bucket, key.apply(sha256), sha256, Files.size(staged)), staged);
    } finally {
      Files.deleteIfExists(staged);
    }
  }

  private StoredObject upload(StoredObject object, Path file) throws IOException {
    if (object.bytes() > WORTH_ASKING && exists(object.bucket(), object.key())) {
      requireEqual(object);
      return object;
    }
    Map<String, String> metadata = Map.of(SHA256, object.sha256());
    try {
      if (object.bytes() <= maxRequest) {
        uploads.send(object, file, metadata);
      } else {
        UploadObjectArgs parts =
            UploadObjectArgs.builder()
                .bucket(object.bucket())
                .object(object.key())
                .userMetadata(metadata)
                .filename(file.toString(), PART)
                .build();
        S3Failures.send(() -> client.uploadObject(parts));
      }
    } catch (MinioException e) {
      settle(object, e);
    }
    return object;
  }

  /** A conditional put was refused: fine if what is there is what we wanted to write. */
  private void settle(StoredObject object, MinioException e) throws IOException {
    if (S3Failures.status(e) != 412 && S3Failures.status(e) != 409) {
      throw failures.of("write", object.bucket(), object.key(), e);
    }
    try {
      requireEqual(object);
    } catch (ObjectMissingException missing) {
      throw new StoreUnavailableException(
          "object %s/%s is just being written or deleted by somebody else"
              .formatted(object.bucket(), object.key()),
          e);
    }
  }

  private void requireEqual(StoredObject ours) throws IOException {
    StatObjectResponse stat = stat(ours.bucket(), ours.key());
    String theirs = stat.userMetadata().getFirst(SHA256);
    if (theirs == null) {
      try (InputStream in = open(ours.bucket(), ours.key())) {
        theirs = Digests.sha256(in);
      }
    }
    if (!theirs.equals(ours.sha256()) || stat.size() != ours.bytes()) {
      throw new ObjectConflictException(ours.bucket(), ours.key(), ours.sha256(), theirs);
    }
  }

  @Override
  public StoredObject put(String bucket, String key, InputStream content) throws IOException {
    CountingInputStream counting = new CountingInputStream(content);
    DigestInputStream digesting = new DigestInputStream(counting, Digests.sha256());
    try {
      PutObjectArgs put =
          PutObjectArgs.builder().bucket(bucket).object(key).stream(digesting, -1L, STREAM_PART)
              .build();
      S3Failures.send(() -> client.putObject(put));
    } catch (MinioException e) {
      if (counting.failure() != null) {
        throw counting.failure();
      }
      throw failures.of("write", bucket, key, e);
    }
    String sha256 = Digests.hex(digesting.getMessageDigest().digest());
    return new StoredObject(bucket, key, sha256, counting.bytes());
  }

  @Override
  public byte[] get(String bucket, String key) throws IOException {
    try (InputStream in = open(bucket, key)) {
      return readAll(in, bucket, key);
    }
  }

  @Override
  public byte[] get(String bucket, String key, String sha256) throws IOException {
    byte[] content = get(bucket, key);
    String actual = Digests.sha256(content);
    if (!actual.equals(sha256)) {
      throw new ObjectCorruptException(
          "object " + bucket + "/" + key, sha256, actual, content.length);
    }
    return content;
  }

  private byte[] readAll(InputStream in, String bucket, String key) throws IOException {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw failures.brokeOff(bucket, key, e);
    }
  }

  @Override
  public void download(String bucket, String key, String sha256, Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    Files.createDirectories(directory);
    Path part = directory.resolve(file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      long bytes = 0;
      DigestOutputStream out =
          new DigestOutputStream(Files.newOutputStream(part), Digests.sha256());
      try (out;
          InputStream in = open(bucket, key)) {
        byte[] chunk = new byte[1 << 16];
        for (int n = read(in, chunk, bucket, key); n >= 0; n = read(in, chunk, bucket, key)) {
          out.write(chunk, 0, n);
          bytes += n;
        }
      }
      String actual = Digests.hex(out.getMessageDigest().digest());
      if (!actual.equals(sha256)) {
        throw new ObjectCorruptException("object " + bucket + "/" + key, sha256, actual, bytes);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private int read(InputStream in, byte[] chunk, String bucket, String key) throws IOException {
    try {
      return in.read(chunk);
    } catch (IOException e) {
      throw failures.brokeOff(bucket, key, e);
    }
  }

  @Override
  public InputStream open(String bucket, String key) throws IOException {
    return open(GetObjectArgs.builder().bucket(bucket).object(key).build());
  }

  @Override
  public InputStream open(String bucket, String key, long from, long length) throws IOException {
    return open(
        GetObjectArgs.builder().bucket(bucket).object(key).offset(from).length(length).build());
  }

  private InputStream open(GetObjectArgs args) throws IOException {
    try {
      return S3Failures.send(() -> client.getObject(args));
    } catch (MinioException e) {
      throw failures.of("read", args.bucket(), args.object(), e);
    }
  }

  @Override
  public boolean exists(String bucket, String key) throws IOException {
    try {
      stat(bucket, key);
      return true;
    } catch (ObjectMissingException e) {
      return false;
    }
  }

  @Override
  public long size(String bucket, String key) throws IOException {
    return stat(bucket, key).size();
  }

  private StatObjectResponse stat(String bucket, String key) throws IOException {
    try {
      StatObjectArgs args = StatObjectArgs.builder().bucket(bucket).object(key).build();
      return S3Failures.send(() -> client.statObject(args));
    } catch (MinioException e) {
      throw failures.of("look up", bucket, key, e);
    }
  }

  @Override
  public List<ObjectEntry> list(String bucket, String prefix) throws IOException {
    ListObjectsArgs args =
        ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).build();
    try {
      return S3Failures.send(() -> entries(client.listObjects(args)));
    } catch (MinioException e) {
      throw failures.of("list", bucket, prefix, e);
    }
  }

  private static List<ObjectEntry> entries(Iterable<Result<Item>> results) throws MinioException {
    List<ObjectEntry> entries = new ArrayList<>();
    for (Result<Item> result : results) {
      Item item = result.get();
      if (!item.isDir()) {
        entries.add(
            new ObjectEntry(
                item.objectName(), item.size(), Objects.requireNonNullElse(item.etag(), "")));
      }
    }
    return entries;
  }

  @Override
  public void delete(String bucket, String key) throws IOException {
    try {
      RemoveObjectArgs args = RemoveObjectArgs.builder().bucket(bucket).object(key).build();
      S3Failures.send(
          () -> {
            client.removeObject(args);
            return key;
          });
    } catch (MinioException e) {
      if (S3Failures.status(e) != 404) {
        throw failures.of("delete", bucket, key, e);
      }
    }
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
