package io.tencrop.standalone.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tencrop.contracts.api.Problem;
import io.tencrop.messaging.MessageCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a gateway and its answers. What sends a request throws {@link GatewayException} when
 * the gateway refuses, and {@link GatewayAwayException} when it does not answer.
 */
final class Connection {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI address;
  private final @Nullable String token;
  private final HttpClient http;
  private final ObjectMapper json = MessageCodec.newMapper();

  /**
   * @param address such as {@code http://127.0.0.1:8080}
   * @param token for a gateway that asks for one
   */
  Connection(URI address, @Nullable String token) {
    this.address = address;
    this.token = token;
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  }

  URI address() {
    return address;
  }

  /** A request that is answered soon. */
  HttpRequest.Builder request(String path) {
    return untimed(path).timeout(TIMEOUT);
  }

  /** A request whose answer may take long. */
  HttpRequest.Builder untimed(String path) {
    String base = address.toString();
    URI uri = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** A body. */
  BodyPublisher json(Object content) throws JsonProcessingException {
    return BodyPublishers.ofByteArray(json.writeValueAsBytes(content));
  }

  <T> T read(HttpRequest.Builder request, Class<T> type) throws IOException, InterruptedException {
    return json.readValue(send(request), type);
  }

  <T> T read(HttpRequest.Builder request, TypeReference<T> type)
      throws IOException, InterruptedException {
    return json.readValue(send(request), type);
  }

  byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new GatewayAwayException(address, e);
    }
    if (response.statusCode() / 100 != 2) {
      throw refused(response.statusCode(), response.body());
    }
    return response.body();
  }

  /** The body of an answer, which the caller closes. */
  InputStream stream(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new GatewayAwayException(address, e);
    }
    if (response.statusCode() != 200) {
      try (InputStream body = response.body()) {
        throw refused(response.statusCode(), body.readAllBytes());
      }
    }
    return response.body();
  }

  private GatewayException refused(int status, byte[] body) {
    try {
      Problem problem = json.readValue(body, Problem.class);
      if (problem != null && problem.title() != null) {
        return new GatewayException(
            new Problem(
                problem.type(),
                problem.title(),
                status,
                problem.detail(),
                problem.instance(),
                problem.violations() == null ? List.of() : problem.violations()));
      }
    } catch (JsonProcessingException e) {
      return unexplained(status, body);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
    return unexplained(status, body);
  }

  private static GatewayException unexplained(int status, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return new GatewayException(
        new Problem(
            "about:blank",
            "The gateway answered " + status,
            status,
            text.isEmpty() ? null : text.lines().findFirst().orElse(text),
            null,
            List.of()));
  }

  /** What follows the question mark. */
  static String encode(Map<String, String> query) {
    return query.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
