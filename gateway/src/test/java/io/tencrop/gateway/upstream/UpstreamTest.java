package io.tencrop.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamTest {
  private HttpServer server;
  private Upstream upstream;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/made",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://inside:1/made/7");
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(201, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/broken",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.createContext(
        "/slow",
        exchange -> {
          try {
            Thread.sleep(2000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    upstream =
        new Upstream(
            "other service",
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            Duration.ofMillis(500));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAnswerIsPassedOn() throws UpstreamAwayException {
    Upstream.Answer answer = upstream.post("/made", "{}".getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).asString(UTF_8).isEqualTo("{}");
    assertThat(answer.location("/made", "/outside")).contains("/outside/7");
  }

  @Test
  void anErrorASilenceAndAnAbsenceAreAllAway() {
    assertThatThrownBy(() -> upstream.get("/broken"))
        .isInstanceOf(UpstreamAwayException.class)
        .hasMessageContaining("answered 500");
    assertThatThrownBy(() -> upstream.get("/slow"))
        .isInstanceOf(UpstreamAwayException.class)
        .hasMessageContaining("other service");
    server.stop(0);
    assertThatThrownBy(() -> upstream.get("/made"))
        .isInstanceOf(UpstreamAwayException.class)
        .hasMessageContaining("does not answer");
  }
}
