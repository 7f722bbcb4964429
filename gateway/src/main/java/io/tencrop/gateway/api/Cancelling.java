package io.tencrop.gateway.api;

import io.tencrop.gateway.orchestration.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Cancels experiments, each in a transaction. */
@ApplicationScoped
class Cancelling {
  private final Submission submission;

  Cancelling(Submission submission) {
    this.submission = submission;
  }

  @Transactional
  Submission.Cancellation cancel(UUID id) {
    return submission.cancel(id);
  }
}
