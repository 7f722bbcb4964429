package io.tencrop.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call. With a token: whoever shows it. Without one: programs on this machine, which is why
 * the gateway then listens on loopback only, and takes no request that a page of another site made.
 */
final class Access {
  private static final String BEARER = "Bearer ";
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /**
   * What says nothing about anybody's experiments, and what a browser needs to ask for the token.
   */
  private static final List<String> OPEN =
      List.of("/q/health", "/q/openapi", "/q/swagger-ui", "/static/");

  private final byte @Nullable [] token;

  Access(Optional<String> token) {
    this.token =
        token.filter(text -> !text.isBlank()).map(text -> text.getBytes(UTF_8)).orElse(null);
  }

  /** Why a request is refused. */
  enum Refusal {
    UNAUTHORIZED,
    FOREIGN_HOST,
    FOREIGN_ORIGIN
  }

  /**
   * Whether the gateway may listen there.
   *
   * @throws IllegalStateException when it would take orders from anybody
   */
  void checkListening(String host) {
    if (token != null) {
      return;
    }
    try {
      if (InetAddress.getByName(host).isLoopbackAddress()) {
        return;
      }
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "quarkus.http.host is '" + host + "', which is no address", e);
    }
    throw new IllegalStateException(
        "The gateway would listen on %s, where others can reach it, without a token. Set TENCROP_TOKEN to a secret that callers then send as 'Authorization: Bearer <token>', or set QUARKUS_HTTP_HOST to 127.0.0.1."
            .formatted(host));
  }

  /** Empty when the request may pass. */
  Optional<Refusal> refusal(
      String method,
      String path,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String authorization) {
    if (token != null) {
      return open(path) || shows(authorization)
          ? Optional.empty()
          : Optional.of(Refusal.UNAUTHORIZED);
    }
    if (host != null && !LOCAL_NAMES.contains(name(host))) {
      return Optional.of(Refusal.FOREIGN_HOST);
    }
    boolean reading = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    return reading || origin == null || sameHost(origin, host)
        ? Optional.empty()
        : Optional.of(Refusal.FOREIGN_ORIGIN);
  }

  private static boolean open(String path) {
    return path.equals("/")
        || OPEN.stream()
            .anyMatch(
                prefix ->
                    path.startsWith(prefix)
                        && (prefix.endsWith("/")
                            || path.length() == prefix.length()
                            || path.charAt(prefix.length()) == '/'));
  }

  private boolean shows(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && MessageDigest.isEqual(
            token, authorization.substring(BEARER.length()).strip().getBytes(UTF_8));
  }

  private static boolean sameHost(String origin, @Nullable String host) {
    try {
      return host != null && host.equals(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
