package io.tencrop.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.contracts.api.UploadView;
import io.tencrop.contracts.spec.ViewSpec;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
  void anUploadGoesOnWhereItWasWhenTheConnectionBreaks(@TempDir Path directory) throws Exception {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    Path file = Files.write(directory.resolve("data.zip"), content);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    AtomicReference<String> metadata = new AtomicReference<>();
    AtomicInteger pieces = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/uploads",
        exchange -> {
          if (exchange.getRequestMethod().equals("PATCH")) {
            int offset = Integer.parseInt(exchange.getRequestHeaders().getFirst("Upload-Offset"));
            assertThat(offset).isEqualTo(kept.size());
            if (pieces.incrementAndGet() <= 2) {
              kept.write(exchange.getRequestBody().readNBytes(100_000));
              exchange.getRequestBody().readAllBytes();
              exchange.close(); // no answer
              return;
            }
            kept.write(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(204, -1);
          } else {
            if (exchange.getRequestMethod().equals("POST")) {
              metadata.set(exchange.getRequestHeaders().getFirst("Upload-Metadata"));
            }
            boolean complete = kept.size() == content.length;
            byte[] view =
                """
                {"id": "0f8b2a4e-6d0e-4a52-9a3b-1f1f6d1c0a01", "bytes": 300000, "offset": %d%s}
                """
                    .formatted(kept.size(), complete ? ", \"uri\": \"s3://b/k\"" : "")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, view.length);
            exchange.getResponseBody().write(view);
          }
          exchange.close();
        });
    server.start();
    try {
      List<Long> progress = new ArrayList<>();
      UploadView upload = at(server.getAddress().getPort()).uploadData(file, progress::add);
      assertThat(upload.uri()).isEqualTo("s3://b/k");
      assertThat(kept.toByteArray()).isEqualTo(content);
      assertThat(progress).containsExactly(100_000L, 200_000L, 300_000L);
      assertThat(metadata.get()).startsWith("filename ZGF0YS56aXA=,sha256 ");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anImageIsSentAsAFileOfAForm(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("a \"b\".png"), new byte[] {1, 13, 10, 2});
    AtomicReference<String> asked = new AtomicReference<>();
    AtomicReference<byte[]> body = new AtomicReference<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/predictions",
        exchange -> {
          asked.set(
              exchange.getRequestURI() + " " + exchange.getRequestHeaders().get("Content-Type"));
          body.set(exchange.getRequestBody().readAllBytes());
          byte[] answer = "{\"view\": \"tenCrop\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      PredictionsView answer =
          at(server.getAddress().getPort()).predict(file, Map.of("ensemble", "mean of all"));
      assertThat(answer.view()).isEqualTo(ViewSpec.TEN_CROP);
      String boundary = asked.get().replaceAll(".*boundary=(.*)]", "$1");
      assertThat(asked.get())
          .startsWith("/api/v1/predictions?ensemble=mean+of+all [multipart/form-data; boundary=");
      assertThat(new String(body.get(), StandardCharsets.ISO_8859_1))
          .isEqualTo(
              "--%1$s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a %%22b%%22.png\"\r\nContent-Type: application/octet-stream\r\n\r\n\u0001\r\n\u0002\r\n--%1$s--\r\n"
                  .formatted(boundary));
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
