package io.tencrop.evaluator.report;

import io.smallrye.common.annotation.Blocking;
import io.tencrop.evaluator.http.Answers;
import io.tencrop.evaluator.report.Comparisons.NoReportException;
import io.tencrop.messaging.MessageCodec;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Experiments beside each other, for the gateway. */
@Path("/internal/v1/comparisons")
class ComparisonsResource {
  private static final Logger LOG = Logger.getLogger(ComparisonsResource.class);

  private final Comparisons comparisons;
  private final Answers answers;

  ComparisonsResource(Comparisons comparisons, MessageCodec codec) {
    this.comparisons = comparisons;
    this.answers = new Answers(codec);
  }

  /**
   * {@link io.tencrop.contracts.api.ComparisonView}.
   *
   * @param experiments ids, with commas between
   */
  @GET
  @Blocking
  public Response get(@QueryParam("experiments") String experiments) {
    try {
      List<UUID> ids = Stream.of(experiments.split(",")).map(UUID::fromString).toList();
      return answers.ok(comparisons.of(ids));
    } catch (IllegalArgumentException e) {
      return problem(400, "Bad request", "'%s' are no ids of experiments.".formatted(experiments));
    } catch (NoReportException e) {
      return problem(409, "No report", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.warn("Cannot compare experiments", e);
      return problem(503, "Results cannot be read now", String.valueOf(e.getMessage()));
    }
  }

  private Response problem(int status, String title, String detail) {
    return answers.problem(status, title, detail, "/internal/v1/comparisons").build();
  }
}
