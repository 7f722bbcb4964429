package io.tencrop.dataset.preparation;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.DatasetEvent.DatasetFailed;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.dataset.preparation.Preparations.Waiter;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Answers the experiments that wait for a preparation. Who was answered is noted after the answer
 * is sent, so a crash in between repeats an answer and loses none.
 */
final class Answers {
  private static final Failure GONE =
      new Failure(
          FailureCode.OBJECT_CORRUPT,
          "The manifest was deleted from the object store right after it was written. Submit the experiment again.");

  private final Preparations preparations;
  private final Manifests manifests;
  private final Publisher publisher;

  Answers(Preparations preparations, Manifests manifests, Publisher publisher) {
    this.preparations = preparations;
    this.manifests = manifests;
    this.publisher = publisher;
  }

  /** Tells everybody who waits how it ended; nothing happens while it has not. */
  void settle(String preparedId) throws IOException, InterruptedException {
    Optional<PreparedDataset> outcome = preparations.outcome(preparedId);
    Failure failure = preparations.failure(preparedId);
    if (outcome.isPresent()) {
      Optional<Manifests.Found> found = manifests.find(preparedId);
      answer(
          preparedId,
          waiter ->
              found
                  .map(prepared -> prepared.answer(waiter, false))
                  .orElseGet(() -> new DatasetFailed(waiter.experiment(), GONE)));
    } else if (failure != null) {
      answer(preparedId, waiter -> new DatasetFailed(waiter.experiment(), failure));
    }
  }

  private void answer(String preparedId, Function<Waiter, DatasetEvent> event)
      throws IOException, InterruptedException {
    for (Waiter waiter : preparations.waiting(preparedId)) {
      publisher.publish(event.apply(waiter));
      preparations.answered(preparedId, waiter.experiment());
    }
  }

  /** Tells everybody who waits how far it is. */
  void progress(String preparedId, Preparations.Progress progress)
      throws IOException, InterruptedException {
    for (Waiter waiter : preparations.waiting(preparedId)) {
      UUID experiment = waiter.experiment();
      publisher.publish(new DatasetProgress(experiment, progress.done(), progress.total()));
    }
  }
}
