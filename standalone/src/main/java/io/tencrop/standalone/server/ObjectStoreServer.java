package io.tencrop.standalone.server;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server over a directory: a bucket is a folder, an object a file. It listens on loopback and
 * takes one key pair, which it finds in its environment.
 *
 * <p>Arguments: directory, port, file to create when ready.
 */
public final class ObjectStoreServer {
  /** Name of the environment variable with the access key. */
  public static final String ACCESS_KEY = "TENCROP_STORE_ACCESS_KEY";

  /** Name of the environment variable with the secret key. */
  public static final String SECRET_KEY = "TENCROP_STORE_SECRET_KEY";

  /** Largest object in one request that is not chunked, in bytes. */
  private static final long MAX_SINGLE_REQUEST = 128L << 20;

  private ObjectStoreServer() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    ServerLifecycle.exitWithParent();
    Files.createDirectories(directory);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:" + args[1]))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4,
                System.getenv(ACCESS_KEY),
                System.getenv(SECRET_KEY))
            .v4MaxNonChunkedRequestSize(MAX_SINGLE_REQUEST)
            .build();
    ServerLifecycle.onExit("object-store", server::stop);
    server.start();
    ServerLifecycle.announceReady(Path.of(args[2]));
  }
}
