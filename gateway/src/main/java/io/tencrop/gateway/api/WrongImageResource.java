package io.tencrop.gateway.api;

import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.Page;
import io.tencrop.contracts.api.WrongImage;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.gateway.upstream.Upstream;
import io.tencrop.gateway.upstream.UpstreamAwayException;
import io.tencrop.gateway.upstream.Upstreams;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The images that runs got most wrong: asked of the evaluator, who keeps them. */
@Path("/api/v1/runs/{id}/wrong-images")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "runs")
public class WrongImageResource {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 200;

  private final Queries queries;
  private final Upstreams upstreams;
  private final MessageCodec codec;

  WrongImageResource(Queries queries, Upstreams upstreams, MessageCodec codec) {
    this.queries = queries;
    this.upstreams = upstreams;
    this.codec = codec;
  }

  @GET
  @Operation(
      summary = "The validation images that a run got most wrong",
      description =
          "By the checkpoint that stands for the run, the highest loss first; up to 200 are kept when the report is composed.")
  @APIResponse(responseCode = "200", description = "A part of the list")
  @APIResponse(
      responseCode = "404",
      description = "There is no run of this id, or its experiment has no report yet")
  @APIResponse(responseCode = "503", description = "The evaluator service is away")
  public Page<WrongImage> list(
      @PathParam("id") UUID id,
      @Parameter(
              description = "How many at most, up to 200",
              schema = @Schema(type = SchemaType.INTEGER, defaultValue = "20"))
          @QueryParam("limit")
          @Nullable String limit,
      @Parameter(description = "The nextCursor of the part before") @QueryParam("cursor")
          @Nullable String cursor) {
    var run = queries.run(id);
    ExperimentView experiment = queries.experiment(run.experimentId());
    int from = cursor == null ? 0 : whole("cursor", cursor, 0, MAX_LIMIT);
    int count = limit == null ? DEFAULT_LIMIT : whole("limit", limit, 1, MAX_LIMIT);
    List<WrongImage> all = ask(experiment, run.spec().name());
    int to = Math.min(all.size(), from + count);
    return new Page<>(
        all.subList(Math.min(from, to), to).stream()
            .map(image -> pictured(experiment, image))
            .toList(),
        to < all.size() ? Integer.toString(to) : null);
  }

  private List<WrongImage> ask(ExperimentView experiment, String run) {
    try {
      Upstream.Answer answer =
          upstreams
              .evaluator()
              .get(
                  "/internal/v1/experiments/%s/wrong-images?run=%s"
                      .formatted(experiment.id(), URLEncoder.encode(run, StandardCharsets.UTF_8)));
      if (answer.status() == 404) {
        throw ProblemException.of(
            404,
            "Not found",
            "No wrong images of the run %s are known. They are found on validation images when the report is composed; its experiment is %s."
                .formatted(run, experiment.state()));
      }
      if (answer.status() != 200) {
        throw ProblemException.of(
            502, "Bad gateway", "The evaluator service answered " + answer.status() + ".");
      }
      return Arrays.asList(codec.decode(answer.body(), WrongImage[].class));
    } catch (UpstreamAwayException e) {
      throw ProblemException.unavailable(e);
    } catch (MessageFormatException e) {
      throw ProblemException.of(
          502, "Bad gateway", "The evaluator service answered what cannot be read.");
    }
  }

  private static WrongImage pictured(ExperimentView experiment, WrongImage image) {
    PreparedDataset prepared = experiment.prepared();
    return prepared == null
        ? image
        : image.withPicture(
            "/api/v1/datasets/%s/prepared/%s/samples/%d.png?variant=0"
                .formatted(experiment.spec().dataset(), prepared.id(), image.id()));
  }

  private static int whole(String name, String value, int least, int most) {
    if (value.matches("[0-9]{1,3}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw ProblemException.invalidParameter(
        name, "is '%s'; must be a whole number from %d to %d.".formatted(value, least, most));
  }
}
