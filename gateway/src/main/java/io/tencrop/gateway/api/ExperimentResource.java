package io.tencrop.gateway.api;

import io.tencrop.contracts.api.ExpandedExperiment;
import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.Page;
import io.tencrop.contracts.api.Problem;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.gateway.spec.Expansion;
import io.tencrop.gateway.state.Experiments.Place;
import io.tencrop.messaging.MessageCodec;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Experiments: create, look at, cancel. */
@Path("/api/v1/experiments")
@Produces(MediaType.APPLICATION_JSON)
@SecurityScheme(
    securitySchemeName = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "The gateway's token, where one is set (TENCROP_TOKEN)")
@SecurityRequirement(name = "token")
@Tag(name = "experiments", description = "One data set, a grid of runs, an evaluation plan")
public class ExperimentResource {
  static final String YAML = "application/yaml";
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_KEY = 255;
  private static final String EXAMPLE =
      """
      name: fashion-lenet
      dataset: fashion-mnist-sample
      preparation:
        resize: 36
        crop: 32
        channels: 1
        split: {provided: true, validation: 0.1, seed: 42}
        normalize: {mean: [0.286], std: [0.353]}
      runs:
        - architecture: lenet5
          seeds: [1, 2, 3]
          optimizer: {type: adam, learningRate: 0.001}
          batchSize: 64
          epochs: 3
      evaluation:
        views: [center, tenCrop]
        ensembles:
          - {members: all, fusion: mean}
      """;

  private final Creation creation;
  private final Queries queries;
  private final Cancelling cancelling;
  private final SpecBodies bodies;
  private final MessageCodec codec;

  ExperimentResource(
      Creation creation,
      Queries queries,
      Cancelling cancelling,
      SpecBodies bodies,
      MessageCodec codec) {
    this.creation = creation;
    this.queries = queries;
    this.cancelling = cancelling;
    this.bodies = bodies;
    this.codec = codec;
  }

  @POST
  @Consumes({MediaType.APPLICATION_JSON, YAML, "application/x-yaml", "text/yaml"})
  @Operation(
      summary = "Create an experiment, or see what it would be",
      description =
          "Takes a spec in YAML or JSON (its schema: GET /api/v1/schemas/experiment) and starts it. With dryRun=true nothing is stored; the answer is the spec with its defaults and the runs that it stands for.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = YAML,
            schema = @Schema(type = SchemaType.STRING),
            examples = @ExampleObject(name = "LeNet-5, three seeds", value = EXAMPLE)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ExperimentSpec.class))
      })
  @APIResponse(
      responseCode = "201",
      description = "Created, at the address in Location",
      content = @Content(schema = @Schema(implementation = ExperimentView.class)))
  @APIResponse(
      responseCode = "200",
      description = "What a dry run would make",
      content = @Content(schema = @Schema(implementation = ExpandedExperiment.class)))
  @APIResponse(
      responseCode = "400",
      description = "The spec is wrong; every violation is listed with its JSON pointer",
      content =
          @Content(
              mediaType = Problems.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "422",
      description = "The Idempotency-Key came with another request before")
  public Response create(
      InputStream body,
      @HeaderParam("Content-Type") MediaType type,
      @Parameter(description = "Repeating a request under the same key creates nothing twice")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @Parameter(
              description = "Validate and expand only",
              schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
          @QueryParam("dryRun")
          @Nullable String dryRun)
      throws IOException {
    boolean dry = flag("dryRun", dryRun);
    if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
      throw ProblemException.of(
          400, "Bad request", "An Idempotency-Key has 1 to %d characters.".formatted(MAX_KEY));
    }
    SpecBodies.Body request = bodies.read(body, type);
    if (dry) {
      ExperimentSpec spec = bodies.parse(request);
      return Response.ok(codec.encode(new ExpandedExperiment(spec, Expansion.runs(spec)))).build();
    }
    if (key != null) {
      var repeated = creation.repeated(key, request.sha256());
      if (repeated.isPresent()) {
        return answer(repeated.get());
      }
    }
    try {
      return answer(creation.create(bodies.parse(request), key, request.sha256()));
    } catch (Creation.TakenMeanwhileException e) {
      return answer(e.answered());
    }
  }

  @GET
  @Operation(summary = "List experiments, newest first")
  @APIResponse(responseCode = "200", description = "A part of the list")
  public Page<ExperimentSummary> list(
      @Parameter(
              description = "Only those in this state",
              schema = @Schema(implementation = State.class))
          @QueryParam("state")
          @Nullable String state,
      @Parameter(description = "Only those with this label") @QueryParam("label")
          @Nullable String label,
      @Parameter(
              description = "How many at most, up to 200",
              schema = @Schema(type = SchemaType.INTEGER, defaultValue = "50"))
          @QueryParam("limit")
          @Nullable String limit,
      @Parameter(description = "The nextCursor of the part before") @QueryParam("cursor")
          @Nullable String cursor) {
    Place after =
        cursor == null
            ? null
            : Cursor.read(cursor)
                .orElseThrow(
                    () ->
                        ProblemException.invalidParameter(
                            "cursor", "is none that this list gave; leave it out to begin anew."));
    return queries.list(state(state), label, after, limit(limit));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "An experiment with its runs, progress and time left")
  @APIResponse(responseCode = "200", description = "The experiment")
  @APIResponse(responseCode = "404", description = "There is none of this id")
  public ExperimentView get(@PathParam("id") UUID id) {
    return queries.experiment(id);
  }

  @POST
  @Path("{id}/cancel")
  @Operation(
      summary = "Leave off an experiment",
      description = "Trainers leave off its segments within about a second.")
  @APIResponse(responseCode = "200", description = "Cancelled")
  @APIResponse(responseCode = "409", description = "It had already ended")
  public ExperimentView cancel(@PathParam("id") UUID id) {
    switch (cancelling.cancel(id)) {
      case UNKNOWN -> throw ProblemException.unknown("experiment", id);
      case TOO_LATE ->
          throw ProblemException.of(
              409,
              "Conflict",
              "The experiment has ended as %s; there is nothing to cancel."
                  .formatted(queries.state(id)));
      case DONE -> {
        return queries.experiment(id);
      }
    }
    throw new IllegalStateException("unreachable");
  }

  private static Response answer(Creation.Created created) {
    return Response.created(URI.create("/api/v1/experiments/" + created.id()))
        .type(MediaType.APPLICATION_JSON)
        .entity(created.body())
        .build();
  }

  private static boolean flag(String name, @Nullable String value) {
    if (value == null || value.equalsIgnoreCase("false")) {
      return false;
    }
    if (value.isEmpty() || value.equalsIgnoreCase("true")) {
      return true;
    }
    throw ProblemException.invalidParameter(name, "is '" + value + "'; must be true or false.");
  }

  private static @Nullable State state(@Nullable String value) {
    if (value == null) {
      return null;
    }
    return Arrays.stream(State.values())
        .filter(state -> state.name().equals(value.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.invalidParameter(
                    "state",
                    "is '%s'; must be one of %s."
                        .formatted(value, Arrays.toString(State.values()))));
  }

  private static int limit(@Nullable String value) {
    if (value == null) {
      return DEFAULT_LIMIT;
    }
    if (value.matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    }
    throw ProblemException.invalidParameter(
        "limit", "is '%s'; must be a whole number from 1 to %d.".formatted(value, MAX_LIMIT));
  }
}
