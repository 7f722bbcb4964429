package io.tencrop.gateway.upstream;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another service, asked over HTTP. */
public final class Upstream {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int BUSY = 503;

  private final String name;
  private final URI base;
  private final Duration timeout;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param name for people
   * @param base without a path
   * @param timeout for a whole answer
   */
  public Upstream(String name, URI base, Duration timeout) {
    this.name = name;
    this.base = base;
    this.timeout = timeout;
  }

  /**
   * What it answered.
   *
   * @param location of what it made; absent when it made nothing
   * @param etag of the body; absent when it has none
   * @param cacheControl how long the body may be kept; absent when it does not say
   * @param retryAfter when to ask again, of one that is there but has no time; absent otherwise
   */
  public record Answer(
      int status,
      String contentType,
      @Nullable String location,
      @Nullable String etag,
      @Nullable String cacheControl,
      byte[] body,
      @Nullable String retryAfter) {

    /** The path of what it made, at the address that {@code inside} is reached under outside. */
    public Optional<String> location(String inside, String outside) {
      return Optional.ofNullable(location)
          .map(uri -> URI.create(uri).getRawPath())
          .filter(path -> path.startsWith(inside))
          .map(path -> outside + path.substring(inside.length()));
    }
  }

  /**
   * Asks.
   *
   * @throws UpstreamAwayException when no answer comes in time, or only that it cannot
   */
  public Answer get(String path) throws UpstreamAwayException {
    return get(path, null);
  }

  /**
   * Asks for what may be known already.
   *
   * @param ifNoneMatch the tag of what is known; the answer to it is 304. Absent: nothing is
   * @throws UpstreamAwayException when no answer comes in time, or only that it cannot
   */
  public Answer get(String path, @Nullable String ifNoneMatch) throws UpstreamAwayException {
    HttpRequest.Builder request = request(path).GET();
    if (ifNoneMatch != null) {
      request.header("If-None-Match", ifNoneMatch);
    }
    return ask(request.build());
  }

  /**
   * Sends JSON.
   *
   * @throws UpstreamAwayException when no answer comes in time, or only that it cannot
   */
  public Answer post(String path, byte[] json) throws UpstreamAwayException {
    return post(path, "application/json", json);
  }

  /**
   * Sends something.
   *
   * @throws UpstreamAwayException when no answer comes in time, or only that it cannot
   */
  public Answer post(String path, String contentType, byte[] body) throws UpstreamAwayException {
    return ask(
        request(path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(timeout)
        .header("Accept", "application/json, application/problem+json, image/png");
  }

  private Answer ask(HttpRequest request) throws UpstreamAwayException {
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UpstreamAwayException(
          "The %s at %s does not answer (%s). See whether it runs, then try again."
              .formatted(name, base, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UpstreamAwayException("Interrupted while asking the " + name, e);
    }
    String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
    boolean busy = response.statusCode() == BUSY && retryAfter != null;
    if (response.statusCode() >= 500 && !busy) {
      throw new UpstreamAwayException(
          "The %s at %s answered %d. Its log says why."
              .formatted(name, base, response.statusCode()),
          null);
    }
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse("application/json"),
        response.headers().firstValue("Location").orElse(null),
        response.headers().firstValue("ETag").orElse(null),
        response.headers().firstValue("Cache-Control").orElse(null),
        response.body(),
        retryAfter);
  }
}
