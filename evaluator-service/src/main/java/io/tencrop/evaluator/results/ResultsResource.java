package io.tencrop.evaluator.results;

import io.smallrye.common.annotation.Blocking;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.evaluator.http.Answers;
import io.tencrop.messaging.MessageCodec;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What is known of experiments, for the gateway. */
@Path("/internal/v1/experiments/{id}/results")
class ResultsResource {
  private static final Logger LOG = Logger.getLogger(ResultsResource.class);

  private final Results results;
  private final Answers answers;

  ResultsResource(Results results, MessageCodec codec) {
    this.results = results;
    this.answers = new Answers(codec);
  }

  /** {@link ExperimentResults}: the report, or what there is before it. */
  @GET
  @Blocking
  public Response get(@PathParam("id") String id) {
    try {
      Optional<ExperimentResults> found = results.find(UUID.fromString(id));
      if (found.isPresent()) {
        return answers.ok(found.get());
      }
    } catch (IllegalArgumentException e) {
      LOG.debugf("'%s' is no id of an experiment", id);
    } catch (IOException e) {
      LOG.warn("Cannot read results", e);
      return problem(503, "Results cannot be read now", String.valueOf(e.getMessage()), id);
    }
    return problem(
        404,
        "No results",
        "Nothing has been evaluated for the experiment %s yet, or there is no such experiment."
            .formatted(id),
        id);
  }

  private Response problem(int status, String title, String detail, String id) {
    String instance = "/internal/v1/experiments/%s/results".formatted(id);
    return answers.problem(status, title, detail, instance).build();
  }
}
