package io.tencrop.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is passed on to the dataset service, and of its answers back. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class PreparedApiTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 0, -1};

  @ConfigProperty(name = "tencrop.dataset-service.url")
  URI datasetService;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), datasetService.getPort()), 0);
    server.createContext("/internal/v1/datasets/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    boolean picture = exchange.getRequestURI().getPath().endsWith(".png");
    exchange.getResponseHeaders().add("ETag", "\"tag\"");
    exchange.getResponseHeaders().add("Cache-Control", "private, max-age=5");
    exchange
        .getResponseHeaders()
        .add("Content-Type", picture ? "image/png" : "application/problem+json");
    if ("\"tag\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      byte[] body = picture ? PICTURE : "{\"detail\": \"nothing here\"}".getBytes();
      exchange.sendResponseHeaders(picture ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Test
  void picturesComeWithTheirTag() {
    String path = "/pets%20%26%20more/prepared/" + ID + "/samples/7.png?variant=2";
    byte[] picture =
        given()
            .urlEncodingEnabled(false)
            .get("/api/v1/datasets" + path)
            .then()
            .statusCode(200)
            .contentType("image/png")
            .header("ETag", "\"tag\"")
            .header("Cache-Control", "private, max-age=5")
            .extract()
            .asByteArray();
    assertThat(picture).isEqualTo(PICTURE);
    assertThat(asked).containsExactly("/internal/v1/datasets" + path);
    given()
        .urlEncodingEnabled(false)
        .header("If-None-Match", "\"tag\"")
        .get("/api/v1/datasets" + path)
        .then()
        .statusCode(304)
        .header("ETag", "\"tag\"");
  }

  @Test
  void refusalsArePassedOn() {
    String path = "/pets/prepared/" + ID;
    given()
        .get("/api/v1/datasets" + path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", is("nothing here"));
    given().get("/api/v1/datasets" + path + "/samples?split=test&class=a").then().statusCode(404);
    assertThat(asked)
        .containsExactly(
            "/internal/v1/datasets" + path,
            "/internal/v1/datasets" + path + "/samples?split=test&class=a");
    given().get("/api/v1/datasets/pets/prepared/short").then().statusCode(404);
    assertThat(asked).hasSize(2);
  }

  @Test
  void anAbsentServiceIsSaidToBeAway() {
    server.stop(0);
    given().get("/api/v1/datasets/pets/prepared/" + ID).then().statusCode(503);
  }
}
