package io.tencrop.standalone.client;

import io.tencrop.contracts.api.UploadView;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;

/** Uploads of data over HTTP: creation, offset and pieces as in tus. */
record HttpUploads(Connection gateway) implements DataUpload.Uploads {
  private static final String UPLOADS = "/api/v1/uploads";

  @Override
  public UploadView begin(long bytes, String metadata) throws IOException, InterruptedException {
    return gateway.read(
        gateway
            .request(UPLOADS)
            .header("Upload-Length", Long.toString(bytes))
            .header("Upload-Metadata", metadata)
            .POST(BodyPublishers.noBody()),
        UploadView.class);
  }

  @Override
  public UploadView find(UploadView upload) throws IOException, InterruptedException {
    return gateway.read(gateway.request(UPLOADS + "/" + upload.id()), UploadView.class);
  }

  @Override
  public void append(UploadView upload, InputStream piece)
      throws IOException, InterruptedException {
    gateway.send(
        gateway
            .untimed(UPLOADS + "/" + upload.id())
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", Long.toString(upload.offset()))
            .method("PATCH", BodyPublishers.ofInputStream(() -> piece)));
  }
}
