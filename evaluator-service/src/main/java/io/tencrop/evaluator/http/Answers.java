package io.tencrop.evaluator.http;

import io.tencrop.contracts.api.Problem;
import io.tencrop.messaging.MessageCodec;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this service answers over HTTP: the JSON of a view, or of a {@link Problem}. */
public record Answers(MessageCodec codec) {
  public Response ok(Object view) {
    return Response.ok(codec.encode(view), MediaType.APPLICATION_JSON_TYPE).build();
  }

  /**
   * A problem, to which headers may be added.
   *
   * @param instance the path that was asked; absent where it is not told
   */
  public Response.ResponseBuilder problem(
      int status, String title, String detail, @Nullable String instance) {
    return Response.status(status)
        .type("application/problem+json")
        .entity(
            codec.encode(new Problem("about:blank", title, status, detail, instance, List.of())));
  }
}
