package io.tencrop.gateway;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is passed on to the evaluator service, and of its answers back. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class PredictionApiTest {
  private static final String PATH = "/api/v1/predictions";
  private static final String CHECKPOINT = "0123456789abcdef".repeat(4);
  private static final byte[] IMAGE = {(byte) 0xff, (byte) 0xd8, 0, -1, 13, 10};

  @ConfigProperty(name = "tencrop.evaluator-service.url")
  URI evaluator;

  private record Asked(String uri, String type, byte[] body) {}

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 200;
  private boolean dies;

  @BeforeEach
  void start() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), evaluator.getPort()), 0);
    server.createContext("/internal/v1/predictions", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        new Asked(
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            exchange.getRequestBody().readAllBytes()));
    if (dies) {
      exchange.close();
      return;
    }
    boolean good = status == 200;
    byte[] body = (good ? "{\"view\":\"center\"}" : "{\"detail\":\"as it says\"}").getBytes(UTF_8);
    exchange
        .getResponseHeaders()
        .add("Content-Type", good ? "application/json" : "application/problem+json");
    if (status == 503) {
      exchange.getResponseHeaders().add("Retry-After", "7");
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static ValidatableResponse post(String type, byte[] body, String query) {
    return given().contentType(type).body(body).post(PATH + "?" + query).then();
  }

  @Test
  void theBodyIsTheImageWhateverItIsCalled() {
    for (String type : List.of("image/jpeg", "application/octet-stream")) {
      asked.clear();
      post(type, IMAGE, "checkpoint=" + CHECKPOINT + "&view=tenCrop&top=all")
          .statusCode(200)
          .contentType("application/json")
          .body("view", is("center"));
      assertThat(asked)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.uri())
                    .isEqualTo(
                        "/internal/v1/predictions?checkpoint=%s&top=all&view=tenCrop"
                            .formatted(CHECKPOINT));
                assertThat(one.type()).isEqualTo("application/octet-stream");
                assertThat(one.body()).isEqualTo(IMAGE);
              });
    }
  }

  @Test
  void aFileCanBePut() {
    given().body(IMAGE).put(PATH + "?checkpoint=" + CHECKPOINT).then().statusCode(200);
    assertThat(asked).singleElement().satisfies(one -> assertThat(one.body()).isEqualTo(IMAGE));
  }

  @Test
  void aFormIsPassedOnAsItCame() {
    given()
        .multiPart("image", "a.jpg", IMAGE)
        .multiPart("image", "b.jpg", IMAGE)
        .post(PATH + "?experiment=" + UUID.randomUUID() + "&ensemble=mean of all")
        .then()
        .statusCode(200);
    assertThat(asked)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.uri()).contains("ensemble=mean+of+all");
              assertThat(one.type()).startsWith("multipart/form-data").contains("boundary=");
              assertThat(new String(one.body(), UTF_8)).contains("a.jpg", "b.jpg");
            });
  }

  @Test
  void refusalsArePassedOn() {
    for (int refusal : List.of(400, 404, 409, 422)) {
      status = refusal;
      post("image/png", IMAGE, "checkpoint=" + CHECKPOINT)
          .statusCode(refusal)
          .contentType("application/problem+json")
          .body("detail", is("as it says"));
    }
    status = 503;
    post("image/png", IMAGE, "checkpoint=" + CHECKPOINT)
        .statusCode(503)
        .header("Retry-After", "7")
        .body("detail", is("as it says"));
  }

  @Test
  void whatTheGatewayKnowsIsNotAsked() {
    post("application/json", "{}".getBytes(UTF_8), "checkpoint=" + CHECKPOINT)
        .statusCode(415)
        .body("detail", containsString("--data-binary"));
    post("image/png", IMAGE, "run=" + UUID.randomUUID()).statusCode(404);
    post("image/png", IMAGE, "run=none").statusCode(404);
    post("image/png", IMAGE, "run=" + UUID.randomUUID() + "&checkpoint=" + CHECKPOINT)
        .statusCode(400);
    post("image/png", IMAGE, "view=center&view=flip").statusCode(400);
    assertThat(asked).isEmpty();
  }

  @Test
  void tooMuchIsRefusedBeforeAnybodyIsAsked() throws IOException {
    post("image/png", new byte[(16 << 20) + 1], "checkpoint=" + CHECKPOINT)
        .statusCode(413)
        .contentType("application/problem+json")
        .body("detail", containsString("16777216 bytes"));
    assertThat(chunked(17, 12)).isEqualTo("HTTP/1.1 413");
    assertThat(asked).isEmpty();
  }

  /** What is answered to a body whose length is not told, its beginning. */
  private static String chunked(int mebibytes, int characters) throws IOException {
    byte[] chunk = new byte[1 << 20];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(20_000);
      var out = socket.getOutputStream();
      out.write(
          "POST %s?checkpoint=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(PATH, CHECKPOINT)
              .getBytes(UTF_8));
      for (int i = 0; i < mebibytes; i++) {
        out.write("100000\r\n".getBytes(UTF_8));
        out.write(chunk);
        out.write("\r\n".getBytes(UTF_8));
      }
      out.write("0\r\n\r\n".getBytes(UTF_8));
      out.flush();
      return new String(socket.getInputStream().readNBytes(characters), UTF_8);
    }
  }

  @Test
  void anEvaluatorThatDiesOrIsAbsentIsSaidToBeAway() throws IOException {
    dies = true;
    post("image/png", IMAGE, "checkpoint=" + CHECKPOINT)
        .statusCode(503)
        .contentType("application/problem+json")
        .body("detail", containsString("evaluator service"));
    server.stop(0);
    post("image/png", IMAGE, "checkpoint=" + CHECKPOINT).statusCode(503);
    // A body of unknown length may take 16 of 64 MiB, which are given back each time.
    for (int i = 0; i < 6; i++) {
      assertThat(chunked(0, 1 << 16)).startsWith("HTTP/1.1 503").contains("does not answer");
    }
  }
}
