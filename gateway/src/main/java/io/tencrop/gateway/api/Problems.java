package io.tencrop.gateway.api;

import io.tencrop.contracts.api.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error as {@code application/problem+json}. */
final class Problems {
  static final String MEDIA_TYPE = "application/problem+json";
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @ServerExceptionMapper
  Response expected(ProblemException e, @Context UriInfo uri) {
    return Response.fromResponse(answer(e.problem(), uri))
        .header(HttpHeaders.RETRY_AFTER, e.retryAfter())
        .build();
  }

  @ServerExceptionMapper
  Response byTheFramework(WebApplicationException e, @Context UriInfo uri) {
    Response original = e.getResponse();
    int status = original.getStatus();
    if (status < 400) {
      return original;
    }
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    Response.ResponseBuilder answer =
        Response.fromResponse(
            answer(
                new Problem("about:blank", title, status, detail(status), null, List.of()), uri));
    if (original.getHeaderString("Allow") != null) {
      answer.header("Allow", original.getHeaderString("Allow"));
    }
    return answer.build();
  }

  @ServerExceptionMapper
  Response unexpected(Exception e, @Context UriInfo uri) {
    UUID incident = UUID.randomUUID();
    LOG.error("Incident {}: {} failed", incident, uri.getPath(), e);
    return answer(
        new Problem(
            "about:blank",
            "Internal error",
            500,
            "Something failed that should not. The gateway's log has it as incident %s."
                .formatted(incident),
            null,
            List.of()),
        uri);
  }

  private static String detail(int status) {
    return switch (status) {
      case 404 -> "There is nothing at this address; /q/openapi lists what there is.";
      case 405 -> "This address does not take this method; /q/openapi lists those it takes.";
      case 406 -> "This cannot be given in any of the media types asked for.";
      case 415 ->
          "This media type is not taken here. A spec is sent as application/json or application/yaml, weights as application/octet-stream: curl -H 'Content-Type: application/yaml' --data-binary @experiment.yaml ...";
      default -> "The request cannot be answered.";
    };
  }

  private static Response answer(Problem problem, UriInfo uri) {
    Problem placed =
        new Problem(
            problem.type(),
            problem.title(),
            problem.status(),
            problem.detail(),
            uri.getRequestUri().getRawPath(),
            problem.violations());
    return Response.status(problem.status())
        .type(MediaType.valueOf(MEDIA_TYPE))
        .entity(placed)
        .build();
  }
}
