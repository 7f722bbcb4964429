package io.tencrop.gateway.api;

import io.tencrop.contracts.api.ComparisonView;
import io.tencrop.contracts.api.Problem;
import io.tencrop.gateway.report.ComparisonCsv;
import io.tencrop.gateway.report.ComparisonPage;
import io.tencrop.gateway.upstream.Upstream;
import io.tencrop.gateway.upstream.UpstreamAwayException;
import io.tencrop.gateway.upstream.Upstreams;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Experiments beside each other: asked of the evaluator, who has what they answered. */
@Path("/api/v1/comparisons")
@SecurityRequirement(name = "token")
@Tag(name = "results", description = "Accuracy, loss and confusion of models and ensembles")
public class ComparisonResource {
  private static final int MOST = 10;

  private final Queries queries;
  private final Upstreams upstreams;
  private final MessageCodec codec;

  ComparisonResource(Queries queries, Upstreams upstreams, MessageCodec codec) {
    this.queries = queries;
    this.upstreams = upstreams;
    this.codec = codec;
  }

  @GET
  @Produces({MediaType.APPLICATION_JSON, AnswerFormat.TEXT_CSV, MediaType.TEXT_HTML})
  @Operation(
      summary = "Several experiments beside each other",
      description =
          "The entries of each that are best on validation; paired tests between experiments that were tested on the same images, otherwise intervals alone.")
  @APIResponse(
      responseCode = "200",
      description = "The comparison",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ComparisonView.class)),
        @Content(mediaType = AnswerFormat.TEXT_CSV),
        @Content(mediaType = MediaType.TEXT_HTML)
      })
  @APIResponse(responseCode = "400", description = "Not 2 to 10 different ids")
  @APIResponse(responseCode = "404", description = "There is no such experiment")
  @APIResponse(responseCode = "409", description = "An experiment has no report yet")
  @APIResponse(responseCode = "503", description = "The evaluator service is away")
  public Response compare(
      @Parameter(description = "2 to 10 ids, with commas between") @QueryParam("experiments")
          @Nullable String experiments,
      @Parameter(description = "json, csv or html; stronger than Accept") @QueryParam("format")
          @Nullable String format,
      @Context HttpHeaders headers) {
    AnswerFormat chosen = AnswerFormat.of(format, headers, EnumSet.allOf(AnswerFormat.class));
    List<UUID> ids = ids(experiments);
    ids.forEach(queries::state);
    ComparisonView compared = ask(ids);
    Object body =
        switch (chosen) {
          case JSON -> compared;
          case CSV -> ComparisonCsv.write(compared);
          case HTML -> ComparisonPage.html(compared);
        };
    return Documents.answer(body, chosen, "comparison");
  }

  private static List<UUID> ids(@Nullable String experiments) {
    List<UUID> ids;
    try {
      ids =
          Stream.ofNullable(experiments)
              .flatMap(text -> Stream.of(text.split(",")))
              .map(text -> UUID.fromString(text.strip()))
              .distinct()
              .toList();
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidParameter(
          "experiments",
          "is '" + experiments + "'; must be ids of experiments with commas between.");
    }
    if (ids.size() < 2 || ids.size() > MOST) {
      throw ProblemException.invalidParameter(
          "experiments",
          "names %d different experiments; must be 2 to %d.".formatted(ids.size(), MOST));
    }
    return ids;
  }

  private ComparisonView ask(List<UUID> ids) {
    String asked = ids.stream().map(UUID::toString).collect(Collectors.joining(","));
    try {
      Upstream.Answer answer =
          upstreams.patientEvaluator().get("/internal/v1/comparisons?experiments=" + asked);
      if (answer.status() == 409) {
        Problem problem = codec.decode(answer.body(), Problem.class);
        throw ProblemException.of(
            409,
            "No report",
            problem.detail() + " It is composed when all runs of an experiment have ended.");
      }
      if (answer.status() != 200) {
        throw ProblemException.of(
            502, "Bad gateway", "The evaluator service answered " + answer.status() + ".");
      }
      return codec.decode(answer.body(), ComparisonView.class);
    } catch (UpstreamAwayException e) {
      throw ProblemException.unavailable(e);
    } catch (MessageFormatException e) {
      throw ProblemException.of(
          502, "Bad gateway", "The evaluator service answered what cannot be read.");
    }
  }
}
