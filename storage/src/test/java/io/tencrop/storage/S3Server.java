package io.tencrop.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 server over a directory, on a free port of the loopback interface, for tests. */
public final class S3Server implements AutoCloseable {
  private static final String KEY = "tencrop-test";
  private static final String SECRET = "tencrop-test-secret";

  private final S3Proxy proxy;

  private S3Server(S3Proxy proxy) {
    this.proxy = proxy;
  }

  /** Starts one that keeps its objects in {@code directory}. */
  public static S3Server start(Path directory) throws IOException {
    Files.createDirectories(directory);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toAbsolutePath().toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
            .v4MaxNonChunkedRequestSize(128 << 20)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IOException("the S3 server did not start", e);
    }
    return new S3Server(proxy);
  }

  /** How to connect to it. */
  public StoreSettings settings() {
    return new StoreSettings("http://127.0.0.1:" + proxy.getPort(), KEY, SECRET);
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the S3 server did not stop", e);
    }
  }
}
