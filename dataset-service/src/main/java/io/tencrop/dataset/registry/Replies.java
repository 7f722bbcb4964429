package io.tencrop.dataset.registry;

import io.tencrop.contracts.api.Problem;
import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.messaging.MessageCodec;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers over HTTP, in the JSON of the messages. */
final class Replies {
  static final String PROBLEM = "application/problem+json";

  private final MessageCodec codec;

  Replies(MessageCodec codec) {
    this.codec = codec;
  }

  Response json(Response.Status status, Object body) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .entity(codec.encode(body))
        .build();
  }

  Response problem(Response.Status status, @Nullable String detail, List<Violation> violations) {
    Problem problem =
        new Problem(
            "about:blank",
            status.getReasonPhrase(),
            status.getStatusCode(),
            detail,
            null,
            violations);
    return Response.status(status).type(PROBLEM).entity(codec.encode(problem)).build();
  }
}
