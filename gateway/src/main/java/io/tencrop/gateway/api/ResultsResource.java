package io.tencrop.gateway.api;

import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.gateway.report.Budgets;
import io.tencrop.gateway.report.ReportCsv;
import io.tencrop.gateway.report.ReportPage;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What experiments showed: asked of the evaluator, who keeps it. */
@Path("/api/v1/experiments/{id}")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "results", description = "Accuracy, loss and confusion of models and ensembles")
public class ResultsResource {
  private final Queries queries;
  private final Upstreams upstreams;
  private final MessageCodec codec;

  ResultsResource(Queries queries, Upstreams upstreams, MessageCodec codec) {
    this.queries = queries;
    this.upstreams = upstreams;
    this.codec = codec;
  }

  @GET
  @Path("results")
  @Operation(
      summary = "Results so far",
      description =
          "Per checkpoint, split and view as they come; groups and ensembles once complete is true.")
  @APIResponse(
      responseCode = "200",
      description = "The results",
      content = @Content(schema = @Schema(implementation = ExperimentResults.class)))
  @APIResponse(responseCode = "503", description = "The evaluator service is away")
  public ExperimentResults results(@PathParam("id") UUID id) {
    queries.state(id);
    return ask(id);
  }

  @GET
  @Path("report")
  @Produces({MediaType.APPLICATION_JSON, AnswerFormat.TEXT_CSV, MediaType.TEXT_HTML})
  @Operation(
      summary = "The report as a file",
      description =
          "As JSON, as CSV with a row for each entry, split and view, or as one HTML page with charts that needs nothing beside itself: as format or Accept asks for.")
  @APIResponse(
      responseCode = "200",
      description = "The report",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ExperimentResults.class)),
        @Content(mediaType = AnswerFormat.TEXT_CSV),
        @Content(mediaType = MediaType.TEXT_HTML)
      })
  @APIResponse(responseCode = "409", description = "It is not composed yet, or never will be")
  @APIResponse(responseCode = "503", description = "The evaluator service is away")
  public Response report(
      @PathParam("id") UUID id,
      @Parameter(description = "json, csv or html; stronger than Accept") @QueryParam("format")
          @Nullable String format,
      @Context HttpHeaders headers) {
    AnswerFormat chosen = AnswerFormat.of(format, headers, EnumSet.allOf(AnswerFormat.class));
    ExperimentResults results = complete(id);
    Object body =
        switch (chosen) {
          case JSON -> results;
          case CSV -> ReportCsv.write(results);
          case HTML -> ReportPage.html(results, queries.curves(id));
        };
    return Documents.answer(body, chosen, "report");
  }

  @GET
  @Path("budget")
  @Operation(
      summary = "What to enter and what to ship",
      description =
          "Accuracy and cost of each run and ensemble, what is worth its cost, and the choices within the limits; all chosen on validation, with test beside.")
  @APIResponse(
      responseCode = "200",
      description = "The budget report",
      content = @Content(schema = @Schema(implementation = BudgetView.class)))
  @APIResponse(responseCode = "400", description = "A limit is not a positive number")
  @APIResponse(responseCode = "409", description = "There is no report yet, or never will be")
  @APIResponse(responseCode = "503", description = "The evaluator service is away")
  public BudgetView budget(
      @PathParam("id") UUID id,
      @Parameter(description = "most milliseconds for an image that comes alone, median")
          @QueryParam("latencyMs")
          @Nullable String latencyMs,
      @Parameter(description = "most memory for weights and activations, in 10^6 bytes")
          @QueryParam("memoryMb")
          @Nullable String memoryMb,
      @Parameter(description = "most bytes of weights files, in 10^6 bytes") @QueryParam("sizeMb")
          @Nullable String sizeMb) {
    return Budgets.of(
        complete(id),
        new BudgetView.Limits(
            QueryValues.limit("latencyMs", latencyMs),
            QueryValues.limit("memoryMb", memoryMb),
            QueryValues.limit("sizeMb", sizeMb)));
  }

  private ExperimentResults complete(UUID id) {
    var state = queries.state(id);
    ExperimentResults results = ask(id);
    if (!results.complete()) {
      throw ProblemException.of(
          409,
          "No report",
          "The experiment is %s and has no report%s. What there is so far is at /api/v1/experiments/%s/results."
              .formatted(
                  state,
                  state.isFinal() ? "" : " yet: it is composed when all runs have ended",
                  id));
    }
    return results;
  }

  private ExperimentResults ask(UUID id) {
    try {
      Upstream.Answer answer =
          upstreams.evaluator().get("/internal/v1/experiments/" + id + "/results");
      if (answer.status() == 404) {
        return new ExperimentResults(
            id, null, null, null, false, List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of(), List.of(), List.of());
      }
      if (answer.status() != 200) {
        throw ProblemException.of(
            502, "Bad gateway", "The evaluator service answered " + answer.status() + ".");
      }
      return codec.decode(answer.body(), ExperimentResults.class);
    } catch (UpstreamAwayException e) {
      throw ProblemException.unavailable(e);
    } catch (MessageFormatException e) {
      throw ProblemException.of(
          502, "Bad gateway", "The evaluator service answered what cannot be read.");
    }
  }
}
