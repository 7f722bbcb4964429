package io.tencrop.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
  private static HttpServer answering(int status, String body) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static Gateway at(int port) {
    return new Gateway(URI.create("http://127.0.0.1:" + port), null);
  }

  @Test
  void refusalListsEveryViolation() throws Exception {
    HttpServer server =
        answering(
            400,
            """
            {"type": "about:blank", "title": "The experiment is not valid", "status": 400,
             "violations": [{"pointer": "/runs/0/epochs", "detail": "must be at least 1"},
                            {"pointer": "", "detail": "unknown field"}]}
            """);
    try {
      assertThatThrownBy(() -> at(server.getAddress().getPort()).datasets())
          .isInstanceOfSatisfying(
              GatewayException.class, e -> assertThat(e.isInvalidRequest()).isTrue())
          .hasMessage(
              "The experiment is not valid\n  /runs/0/epochs: must be at least 1\n  /: unknown field");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void answerThatIsNoProblemReportIsShownAsItIs() throws Exception {
    HttpServer server = answering(502, "upstream away");
    try {
      assertThatThrownBy(() -> at(server.getAddress().getPort()).datasets())
          .isInstanceOf(GatewayException.class)
          .hasMessage("The gateway answered 502: upstream away");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void weightsAreWrittenToAFile(@TempDir Path directory) throws Exception {
    HttpServer server = answering(200, "weights");
    try {
      Path file = Files.writeString(directory.resolve("file"), "of before, and longer");
      at(server.getAddress().getPort()).download("0", "safetensors", file);
      assertThat(file).hasContent("weights");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void gatewayThatDoesNotAnswerIsNamed() throws Exception {
    HttpServer server = answering(200, "");
    int port = server.getAddress().getPort();
    server.stop(0);
    assertThatThrownBy(() -> at(port).datasets())
        .isInstanceOf(GatewayAwayException.class)
        .hasMessageContaining("http://127.0.0.1:" + port);
  }
}
