package io.tencrop.gateway;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tencrop.contracts.api.Problem;
import io.tencrop.messaging.MessageCodec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Holds every request against {@link Access}, before anything else looks at it. */
@ApplicationScoped
class AccessFilter {
  private static final int FIRST = 10_000;

  private final Access access;
  private final String host;
  private final MessageCodec codec;

  AccessFilter(
      @ConfigProperty(name = "tencrop.token") Optional<String> token,
      @ConfigProperty(name = "quarkus.http.host") String host,
      MessageCodec codec) {
    this.access = new Access(token);
    this.host = host;
    this.codec = codec;
  }

  void check(@Observes @Priority(0) StartupEvent event) {
    access.checkListening(host);
  }

  void register(@Observes Filters filters) {
    filters.register(this::filter, FIRST);
  }

  private void filter(RoutingContext context) {
    HttpServerRequest request = context.request();
    Optional<Access.Refusal> refusal =
        access.refusal(
            request.method().name(),
            context.normalizedPath(),
            request.getHeader("Host"),
            request.getHeader("Origin"),
            request.getHeader("Authorization"));
    if (refusal.isEmpty()) {
      context.next();
    } else {
      refuse(context, refusal.get());
    }
  }

  private void refuse(RoutingContext context, Access.Refusal refusal) {
    Problem problem =
        switch (refusal) {
          case UNAUTHORIZED ->
              problem(
                  context,
                  401,
                  "Unauthorized",
                  "This gateway asks for its token: send 'Authorization: Bearer <token>'.");
          case FOREIGN_HOST ->
              problem(
                  context,
                  403,
                  "Forbidden",
                  "Without a token the gateway answers to localhost and 127.0.0.1 only. Set TENCROP_TOKEN to reach it by another name.");
          case FOREIGN_ORIGIN ->
              problem(
                  context,
                  403,
                  "Forbidden",
                  "Without a token the gateway takes no requests from the pages of other sites.");
        };
    if (refusal == Access.Refusal.UNAUTHORIZED) {
      context.response().putHeader("WWW-Authenticate", "Bearer realm=\"tencrop\"");
    }
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", "application/problem+json")
        .end(Buffer.buffer(codec.encode(problem)));
  }

  private static Problem problem(RoutingContext context, int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail, context.request().path(), List.of());
  }
}
