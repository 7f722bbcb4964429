package io.tencrop.gateway.api;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.State;
import io.tencrop.gateway.spec.KnownTeachers;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Experiments;
import io.tencrop.gateway.upstream.Upstream;
import io.tencrop.gateway.upstream.UpstreamAwayException;
import io.tencrop.gateway.upstream.Upstreams;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Experiments of the database, with the reports that the evaluator keeps. */
@ApplicationScoped
class ReportedTeachers implements KnownTeachers {
  private final Experiments experiments;
  private final Upstreams upstreams;
  private final MessageCodec codec;

  ReportedTeachers(Experiments experiments, Upstreams upstreams, MessageCodec codec) {
    this.experiments = experiments;
    this.upstreams = upstreams;
    this.codec = codec;
  }

  @Override
  public Optional<Teacher> find(String idOrName) throws IOException {
    Optional<Experiment> found =
        QuarkusTransaction.requiringNew()
            .call(
                () ->
                    id(idOrName)
                        .map(experiments::findByIdOptional)
                        .orElseGet(() -> experiments.newestNamed(idOrName)));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Experiment experiment = found.get();
    return Optional.of(
        new Teacher(
            experiment.id(),
            experiment.state(),
            experiment.spec(),
            experiment.state() == State.COMPLETED ? results(experiment.id()) : null));
  }

  private static Optional<UUID> id(String text) {
    return text.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}")
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private @Nullable ExperimentResults results(UUID id) throws IOException {
    Upstream.Answer answer;
    try {
      answer = upstreams.evaluator().get("/internal/v1/experiments/" + id + "/results");
    } catch (UpstreamAwayException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (answer.status() == 404) {
      return null;
    }
    try {
      return codec.decode(answer.body(), ExperimentResults.class);
    } catch (MessageFormatException e) {
      throw new IOException(
          "The evaluator service answered %d with what cannot be read.".formatted(answer.status()),
          e);
    }
  }
}
