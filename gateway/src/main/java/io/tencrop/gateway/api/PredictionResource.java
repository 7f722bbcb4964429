package io.tencrop.gateway.api;

import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.gateway.upstream.Upstream;
import io.tencrop.gateway.upstream.UpstreamAwayException;
import io.tencrop.gateway.upstream.Upstreams;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What networks say about images: passed on to the evaluator, who has the engine. */
@Path("/api/v1/predictions")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "predictions", description = "Class probabilities of images")
public class PredictionResource {
  private static final String PREDICTIONS = "/internal/v1/predictions";
  private static final String RUN = "run";
  private static final String CHECKPOINT = "checkpoint";

  private final Queries queries;
  private final Upstreams upstreams;
  private final PredictionBodies bodies;

  PredictionResource(Queries queries, Upstreams upstreams, PredictionBodies bodies) {
    this.queries = queries;
    this.upstreams = upstreams;
    this.bodies = bodies;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Predict the classes of images",
      description =
          "The body is the bytes of one image (curl --data-binary @photo.jpg), or a form with several as files (curl -F image=@a.jpg -F image=@b.jpg): JPEG, PNG, WebP, BMP or GIF. Images are prepared as those of the data set were. Who is asked: a checkpoint, a run (its last checkpoint), or an ensemble of an experiment.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "image/*",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = MediaType.APPLICATION_OCTET_STREAM,
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = MediaType.MULTIPART_FORM_DATA,
            schema = @Schema(type = SchemaType.OBJECT))
      })
  @APIResponse(
      responseCode = "200",
      description = "Classes with their probabilities, image by image",
      content = @Content(schema = @Schema(implementation = PredictionsView.class)))
  @APIResponse(responseCode = "400", description = "A parameter is wrong, or there is no image")
  @APIResponse(responseCode = "404", description = "There is no such checkpoint, run or ensemble")
  @APIResponse(
      responseCode = "409",
      description = "It cannot predict: uploaded weights, no report yet, or its data is gone")
  @APIResponse(responseCode = "413", description = "The request is too large")
  @APIResponse(responseCode = "415", description = "The body is JSON")
  @APIResponse(
      responseCode = "422",
      description = "An image cannot be read, or not be prepared as those of the data set were")
  @APIResponse(
      responseCode = "503",
      description = "Too many requests wait (Retry-After), or the evaluator service is away")
  public Response predict(
      @Parameter(description = "Id of a checkpoint") @QueryParam(CHECKPOINT)
          @Nullable String checkpoint,
      @Parameter(description = "Id of a run, whose last checkpoint is asked") @QueryParam(RUN)
          @Nullable String run,
      @Parameter(description = "Id of an experiment, with ensemble") @QueryParam("experiment")
          @Nullable String experiment,
      @Parameter(description = "Name of an ensemble in the experiment's report")
          @QueryParam("ensemble")
          @Nullable String ensemble,
      @Parameter(
              description =
                  "What of a prepared image the network sees, such as center (the default) or tenCrop; of an ensemble one that it was composed in")
          @QueryParam("view")
          @Nullable String view,
      @Parameter(description = "How many classes are told, 5 if absent; all for all")
          @QueryParam("top")
          @Nullable String top,
      @Parameter(description = "true: divide logits by the temperature fitted on validation images")
          @QueryParam("calibrated")
          @Nullable String calibrated,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
      InputStream body,
      @Context UriInfo uri)
      throws IOException {
    return answer(contentType, length, body, uri);
  }

  /** What {@code curl -T} sends. */
  @PUT
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public Response put(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
      InputStream body,
      @Context UriInfo uri)
      throws IOException {
    return answer(contentType, length, body, uri);
  }

  private Response answer(
      @Nullable String contentType, @Nullable Long length, InputStream body, UriInfo uri)
      throws IOException {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    if (type.startsWith(MediaType.APPLICATION_JSON)) {
      throw ProblemException.of(
          415,
          "Unsupported media type",
          "JSON is not taken here. Send the image's bytes: curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' ..., or files of a form: curl -F image=@photo.jpg ...");
    }
    String path = PREDICTIONS + "?" + query(QueryValues.of(uri));
    // The boundary of a form may have capitals.
    String passedOn =
        contentType != null && type.startsWith(MediaType.MULTIPART_FORM_DATA)
            ? contentType
            : MediaType.APPLICATION_OCTET_STREAM;
    return bodies.with(body, length, bytes -> ask(path, passedOn, bytes));
  }

  /** A run is asked by its last checkpoint. */
  private String query(Map<String, String> parameters) {
    String run = parameters.remove(RUN);
    if (run != null) {
      if (parameters.containsKey(CHECKPOINT)) {
        throw ProblemException.invalidParameter(RUN, "cannot be there together with checkpoint.");
      }
      parameters.put(CHECKPOINT, lastOf(run));
    }
    return parameters.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private String lastOf(String run) {
    UUID id;
    try {
      id = UUID.fromString(run);
    } catch (IllegalArgumentException e) {
      throw ProblemException.unknown(RUN, run);
    }
    CheckpointRef head = queries.run(id).head();
    if (head == null) {
      throw ProblemException.of(
          409, "Conflict", "The run %s has no checkpoint yet.".formatted(run));
    }
    return head.id();
  }

  private Response ask(String path, String type, byte[] body) {
    Upstream.Answer answer;
    try {
      answer = upstreams.predictions().post(path, type, body);
    } catch (UpstreamAwayException e) {
      throw ProblemException.unavailable(e);
    }
    return Response.status(answer.status())
        .header(HttpHeaders.RETRY_AFTER, answer.retryAfter())
        .type(answer.contentType())
        .entity(answer.body())
        .build();
  }
}
