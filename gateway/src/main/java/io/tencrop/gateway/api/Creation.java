package io.tencrop.gateway.api;

import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.gateway.orchestration.Submission;
import io.tencrop.gateway.orchestration.Views;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.IdempotencyKey;
import io.tencrop.gateway.state.IdempotencyKeys;
import io.tencrop.gateway.state.Runs;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates experiments, each once however often its request is repeated. */
@ApplicationScoped
class Creation {
  private final Submission submission;
  private final Runs runs;
  private final IdempotencyKeys keys;
  private final MessageCodec codec;
  private final Clock clock;

  Creation(
      Submission submission, Runs runs, IdempotencyKeys keys, MessageCodec codec, Clock clock) {
    this.submission = submission;
    this.runs = runs;
    this.keys = keys;
    this.codec = codec;
    this.clock = clock;
  }

  /**
   * What is answered.
   *
   * @param body an {@code ExperimentView} as JSON
   */
  record Created(UUID id, String body) {}

  /** What was answered to this request before; empty when its key is new. */
  @Transactional
  Optional<Created> repeated(String key, String requestSha256) {
    return keys.findByIdOptional(key).map(known -> same(known, requestSha256));
  }

  /**
   * A new experiment, or the one that the same request made before.
   *
   * @param key that the sender repeats the request under; absent: it is new in any case
   */
  @Transactional
  Created create(ExperimentSpec spec, @Nullable String key, String requestSha256) {
    UUID id = UUID.randomUUID();
    Experiment experiment = submission.create(id, spec);
    String body =
        new String(
            codec.encode(
                Views.experiment(experiment, runs.of(id), Map.of(), Map.of(), clock.instant())),
            StandardCharsets.UTF_8);
    if (key != null) {
      Optional<IdempotencyKey> known = keys.take(key, requestSha256, id, body, clock.instant());
      if (known.isPresent()) {
        throw new TakenMeanwhileException(same(known.get(), requestSha256));
      }
    }
    return new Created(id, body);
  }

  private static Created same(IdempotencyKey known, String requestSha256) {
    if (!known.requestSha256().equals(requestSha256)) {
      throw ProblemException.of(
          422,
          "Idempotency key reused",
          "The Idempotency-Key '%s' came with another request before, which made experiment %s. Use a new key for a new request."
              .formatted(known.key(), known.experimentId()));
    }
    return new Created(known.experimentId(), known.answer());
  }

  /** The same request was answered while this one was at work; rolls this one back. */
  static final class TakenMeanwhileException extends RuntimeException {
    private final transient Created answered;

    TakenMeanwhileException(Created answered) {
      super("the request was answered meanwhile");
      this.answered = answered;
    }

    Created answered() {
      return answered;
    }
  }
}
