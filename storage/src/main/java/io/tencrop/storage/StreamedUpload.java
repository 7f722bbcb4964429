package io.tencrop.storage;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import io.minio.Xml;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.ErrorResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Writes a file as an object by one request that neither side holds in memory. It is signed in its
 * URL, and such a signature leaves the body out; the client's own requests over plain HTTP are
 * signed with a digest of their body, which the server has to hold until it has checked it.
 */
final class StreamedUpload {
  /** What S3 takes in one request. */
  static final long MAX_BYTES = 5L << 30;

  private static final int HOURS_TO_BEGIN = 1;

  private final MinioClient client;
  private final OkHttpClient http;

  StreamedUpload(MinioClient client, OkHttpClient http) {
    this.client = client;
    this.http = http;
  }

  /**
   * Writes an object unless one of this name exists.
   *
   * @param metadata user metadata, by lower-case names
   * @throws ErrorResponseException when the server refuses it, with status 412 because it exists
   */
  void send(StoredObject object, Path file, Map<String, String> metadata) throws MinioException {
    Map<String, String> signed = new HashMap<>();
    metadata.forEach((name, value) -> signed.put("x-amz-meta-" + name, value));
    GetPresignedObjectUrlArgs url =
        GetPresignedObjectUrlArgs.builder()
            .method(Http.Method.PUT)
            .bucket(object.bucket())
            .object(object.key())
            .expiry(HOURS_TO_BEGIN, TimeUnit.HOURS)
            .extraHeaders(signed)
            .build();
    Request.Builder request =
        new Request.Builder()
            .url(S3Failures.send(() -> client.getPresignedObjectUrl(url)))
            .put(RequestBody.create(file.toFile(), null))
            .header("If-None-Match", "*");
    signed.forEach(request::header);
    try (Response response = http.newCall(request.build()).execute()) {
      if (!response.isSuccessful()) {
        throw refusal(object, response);
      }
    } catch (IOException e) {
      throw new MinioException(e);
    }
  }

  private static ErrorResponseException refusal(StoredObject object, Response response)
      throws IOException {
    ResponseBody body = response.body();
    return new ErrorResponseException(error(object, body.string()), response, "");
  }

  private static ErrorResponse error(StoredObject object, String answer) {
    try {
      return Xml.unmarshal(ErrorResponse.class, answer);
    } catch (MinioException e) {
      return new ErrorResponse(
          "", "not an S3 server's answer", object.bucket(), object.key(), "", "", "");
    }
  }
}
