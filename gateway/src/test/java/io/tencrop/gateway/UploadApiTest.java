package io.tencrop.gateway;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.tencrop.contracts.Buckets;
import io.tencrop.gateway.uploads.DataUploads;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectStore;
import jakarta.inject.Inject;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files for data sets, sent as curl and tus clients send them. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class UploadApiTest {
  private static final String UPLOADS = "/api/v1/uploads";
  private static final String PIECE = "application/offset+octet-stream";

  @Inject ObjectStore store;
  @Inject DataUploads uploads;

  @BeforeEach
  void buckets() throws Exception {
    store.ensureBuckets(Buckets.ALL);
  }

  private static byte[] random(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return content;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String begin(long bytes, String metadata) {
    return given()
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", bytes)
        .header("Upload-Metadata", metadata)
        .post(UPLOADS)
        .then()
        .statusCode(201)
        .header("Upload-Offset", "0")
        .header("Upload-Expires", notNullValue())
        .extract()
        .path("id");
  }

  private static ValidatableResponse append(String id, long offset, byte[] piece) {
    return given()
        .contentType(PIECE)
        .header("Upload-Offset", offset)
        .body(piece)
        .patch(UPLOADS + "/" + id)
        .then();
  }

  private byte[] kept(String id) throws Exception {
    return store.get(Buckets.UPLOADS, Buckets.upload(UUID.fromString(id)));
  }

  @Test
  void takesAFileInOnePiece() throws Exception {
    byte[] content = random(5 << 20);
    String id =
        given()
            .contentType("application/octet-stream")
            .body(content)
            .put(UPLOADS + "/pets.zip?sha256=" + Digests.sha256(content))
            .then()
            .statusCode(201)
            .header("Location", containsString(UPLOADS))
            .body("name", equalTo("pets.zip"))
            .body("bytes", equalTo(content.length))
            .body("sha256", equalTo(Digests.sha256(content)))
            .body("uri", startsWith("s3://tencrop-uploads/uploads/"))
            .extract()
            .path("id");
    assertThat(kept(id)).isEqualTo(content);
    given().get(UPLOADS + "/" + id).then().statusCode(200).body("offset", equalTo(content.length));
    given().delete(UPLOADS + "/" + id).then().statusCode(204);
    given().get(UPLOADS + "/" + id).then().statusCode(404);
    assertThat(store.list(Buckets.UPLOADS, "uploads/" + id)).isEmpty();
  }

  @Test
  void takesAFileInPieces() throws Exception {
    byte[] content = random((5 << 20) + 123);
    String id =
        begin(
            content.length,
            "filename %s,sha256 %s".formatted(base64("a b.tar"), base64(Digests.sha256(content))));
    append(id, 0, Arrays.copyOf(content, 4_500_000))
        .statusCode(204)
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Offset", "4500000");
    append(id, 7, new byte[9]).statusCode(409).body("detail", containsString("at byte 4500000"));
    given()
        .head(UPLOADS + "/" + id)
        .then()
        .statusCode(200)
        .header("Upload-Offset", "4500000")
        .header("Upload-Length", Integer.toString(content.length))
        .header("Cache-Control", "no-store");
    append(id, 4_500_000, Arrays.copyOfRange(content, 4_500_000, content.length)).statusCode(204);
    given()
        .get(UPLOADS + "/" + id)
        .then()
        .statusCode(200)
        .body("uri", equalTo("s3://tencrop-uploads/uploads/" + id))
        .body("name", equalTo("a b.tar"))
        .body("sha256", equalTo(Digests.sha256(content)));
    assertThat(kept(id)).isEqualTo(content);
    assertThat(store.list(Buckets.UPLOADS, "incoming/" + id)).isEmpty();
    append(id, content.length, new byte[0]).statusCode(204); // an answer that was lost
  }

  @Test
  void whatArrivedBeforeTheConnectionBrokeIsKept() throws Exception {
    byte[] content = random(6 << 20);
    String id = begin(content.length, "");
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "PATCH %s/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nUpload-Offset: 0\r\nContent-Length: %d\r\n\r\n"
              .formatted(UPLOADS, id, PIECE, content.length)
              .getBytes(UTF_8));
      out.write(content, 0, 5 << 20);
    }
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    long offset = 0;
    while (offset <= 4 << 20 && System.nanoTime() < end) {
      Thread.sleep(50);
      offset = Long.parseLong(given().head(UPLOADS + "/" + id).getHeader("Upload-Offset"));
    }
    assertThat(offset).isBetween((4L << 20) + 1, 5L << 20);
    append(id, offset, Arrays.copyOfRange(content, (int) offset, content.length)).statusCode(204);
    assertThat(kept(id)).isEqualTo(content);
  }

  @Test
  void whatIsNotAsAnnouncedIsNotKept() throws Exception {
    byte[] content = random(1000);
    String wrong = "0".repeat(64);
    given()
        .body(content)
        .put(UPLOADS + "/x.zip?sha256=" + wrong)
        .then()
        .statusCode(422)
        .body("detail", containsString(Digests.sha256(content)));
    String id = begin(1000, "sha256 " + base64(wrong));
    append(id, 0, content).statusCode(422);
    given().head(UPLOADS + "/" + id).then().statusCode(404);
    String shorter = begin(900, "");
    append(shorter, 0, content).statusCode(413);
    given()
        .body(random(7 << 20))
        .put(UPLOADS + "/large.zip")
        .then()
        .statusCode(413)
        .body("detail", containsString("tencrop.gateway.uploads.max-size"));
    given().header("Upload-Length", 7 << 20).post(UPLOADS).then().statusCode(413);
    given().post(UPLOADS).then().statusCode(400);
    given().body(content).put(UPLOADS + "/x.zip?sha256=12").then().statusCode(400);
    given()
        .header("Tus-Resumable", "0.2.2")
        .header("Upload-Length", 1)
        .post(UPLOADS)
        .then()
        .statusCode(412);
    given().head(UPLOADS + "/" + UUID.randomUUID()).then().statusCode(404);
    given().get(UPLOADS + "/nonsense").then().statusCode(404);
  }

  @Test
  void tellsWhatOfTusItSpeaks() {
    given()
        .options(UPLOADS)
        .then()
        .statusCode(204)
        .header("Tus-Version", "1.0.0")
        .header("Tus-Extension", containsString("creation"))
        .header("Tus-Max-Size", Integer.toString(6 << 20));
  }

  @Test
  void whatWasNotCompletedInTimeIsRemoved() throws Exception {
    String id = begin(1000, "");
    append(id, 0, random(10)).statusCode(204);
    assertThat(uploads.removeExpired()).isZero();
    DataUploads later =
        new DataUploads(
            store,
            new MessageCodec(),
            Clock.offset(Clock.systemUTC(), Duration.ofDays(4)),
            1,
            Duration.ofDays(1),
            1);
    assertThat(later.removeExpired()).isPositive();
    given().head(UPLOADS + "/" + id).then().statusCode(404);
    assertThat(store.list(Buckets.UPLOADS, "incoming/" + id)).isEmpty();
  }
}
