package io.tencrop.gateway.api;

import io.tencrop.contracts.api.CheckpointView;
import io.tencrop.contracts.api.RunGradients;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.api.RunView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs: their state, curves and checkpoints. */
@Path("/api/v1/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "runs", description = "One architecture with its settings and a seed")
public class RunResource {
  private static final Set<AnswerFormat> FORMATS = EnumSet.of(AnswerFormat.JSON, AnswerFormat.CSV);

  private final Queries queries;

  RunResource(Queries queries) {
    this.queries = queries;
  }

  @GET
  @Operation(summary = "A run")
  @APIResponse(responseCode = "200", description = "The run")
  @APIResponse(responseCode = "404", description = "There is none of this id")
  public RunView get(@PathParam("id") UUID id) {
    return queries.run(id);
  }

  @GET
  @Path("metrics")
  @Produces({MediaType.APPLICATION_JSON, AnswerFormat.TEXT_CSV})
  @Operation(
      summary = "The curves of a run",
      description =
          "As JSON, or as CSV when text/csv is asked for by Accept or by format=csv. In the CSV an epoch's end is a row of its own, with the means of the epoch.")
  @APIResponse(
      responseCode = "200",
      description = "Points of the training curve, and epochs",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = RunMetrics.class)),
        @Content(mediaType = AnswerFormat.TEXT_CSV)
      })
  public Response metrics(
      @PathParam("id") UUID id,
      @Parameter(description = "json or csv; stronger than Accept") @QueryParam("format")
          @Nullable String format,
      @Context HttpHeaders headers) {
    RunMetrics metrics = queries.metrics(id);
    AnswerFormat chosen = AnswerFormat.of(format, headers, FORMATS);
    if (chosen == AnswerFormat.JSON) {
      return Response.ok(metrics, MediaType.APPLICATION_JSON_TYPE).build();
    }
    return Response.ok(MetricsCsv.write(metrics), chosen.mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + metrics.name() + ".csv\"")
        .build();
  }

  @GET
  @Path("gradients")
  @Operation(
      summary = "How large a run's gradients were",
      description =
          "The L2 norms of each trained parameter and of its gradient in the last step of each epoch, from the first layer to the last.")
  @APIResponse(responseCode = "200", description = "Norms by epoch")
  @APIResponse(responseCode = "404", description = "There is no run of this id")
  public RunGradients gradients(@PathParam("id") UUID id) {
    return queries.gradients(id);
  }

  @GET
  @Path("checkpoints")
  @Operation(summary = "The checkpoints that a run published, by step")
  @APIResponse(responseCode = "200", description = "The checkpoints")
  public List<CheckpointView> checkpoints(@PathParam("id") UUID id) {
    return queries.checkpoints(id);
  }
}
