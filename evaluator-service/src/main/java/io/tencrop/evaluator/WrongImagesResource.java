package io.tencrop.evaluator;

import io.smallrye.common.annotation.Blocking;
import io.tencrop.contracts.api.Problem;
import io.tencrop.contracts.api.WrongImage;
import io.tencrop.messaging.MessageCodec;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The validation images that a run got most wrong, for the gateway. */
@Path("/internal/v1/experiments/{id}/wrong-images")
class WrongImagesResource {
  private static final Logger LOG = Logger.getLogger(WrongImagesResource.class);
  private static final String PROBLEM_JSON = "application/problem+json";

  private final WrongImages images;
  private final MessageCodec codec;

  WrongImagesResource(WrongImages images, MessageCodec codec) {
    this.images = images;
    this.codec = codec;
  }

  /** All that are kept of the run, as a list of {@link WrongImage}, the highest loss first. */
  @GET
  @Blocking
  public Response get(@PathParam("id") UUID id, @QueryParam("run") @Nullable String run) {
    try {
      Optional<List<WrongImage>> found = run == null ? Optional.empty() : images.find(id, run);
      if (found.isPresent()) {
        return answer(200, MediaType.APPLICATION_JSON, found.get());
      }
    } catch (IOException e) {
      LOG.warn("Cannot read wrong images", e);
      return problem(503, "Wrong images cannot be read now", String.valueOf(e.getMessage()), id);
    }
    return problem(
        404,
        "No wrong images",
        "Of the experiment %s no wrong images of a run '%s' are known.".formatted(id, run),
        id);
  }

  private Response problem(int status, String title, String detail, UUID id) {
    String instance = "/internal/v1/experiments/%s/wrong-images".formatted(id);
    return answer(
        status,
        PROBLEM_JSON,
        new Problem("about:blank", title, status, detail, instance, List.of()));
  }

  private Response answer(int status, String type, Object body) {
    return Response.status(status).type(type).entity(codec.encode(body)).build();
  }
}
