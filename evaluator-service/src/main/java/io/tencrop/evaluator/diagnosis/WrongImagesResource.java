package io.tencrop.evaluator.diagnosis;

import io.smallrye.common.annotation.Blocking;
import io.tencrop.contracts.api.WrongImage;
import io.tencrop.evaluator.http.Answers;
import io.tencrop.messaging.MessageCodec;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
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

  private final WrongImages images;
  private final Answers answers;

  WrongImagesResource(WrongImages images, MessageCodec codec) {
    this.images = images;
    this.answers = new Answers(codec);
  }

  /** All that are kept of the run, as a list of {@link WrongImage}, the highest loss first. */
  @GET
  @Blocking
  public Response get(@PathParam("id") UUID id, @QueryParam("run") @Nullable String run) {
    try {
      Optional<List<WrongImage>> found = run == null ? Optional.empty() : images.find(id, run);
      if (found.isPresent()) {
        return answers.ok(found.get());
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
    return answers.problem(status, title, detail, instance).build();
  }
}
