package io.tencrop.dataset.preparation;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.DatasetEvent.DatasetFailed;
import io.tencrop.contracts.event.DatasetEvent.DatasetPrepared;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Answers the experiments that wait for a preparation. Who was answered is noted after the answer
 * is sent, so a crash in between repeats an answer and loses none.
 */
final class Answers {
  private final Preparations preparations;
  private final Publisher publisher;

  Answers(Preparations preparations, Publisher publisher) {
    this.preparations = preparations;
    this.publisher = publisher;
  }

  /** Tells everybody who waits how it ended; nothing happens while it has not. */
  void settle(String preparedId) throws IOException, InterruptedException {
    Optional<PreparedDataset> outcome = preparations.outcome(preparedId);
    Failure failure = preparations.failure(preparedId);
    if (outcome.isPresent()) {
      answer(preparedId, experiment -> new DatasetPrepared(experiment, outcome.get(), false));
    } else if (failure != null) {
      answer(preparedId, experiment -> new DatasetFailed(experiment, failure));
    }
  }

  private void answer(String preparedId, Function<UUID, DatasetEvent> event)
      throws IOException, InterruptedException {
    for (UUID experiment : preparations.waiting(preparedId)) {
      publisher.publish(event.apply(experiment));
      preparations.answered(preparedId, experiment);
    }
  }

  /** Tells everybody who waits how far it is. */
  void progress(String preparedId, Preparations.Progress progress)
      throws IOException, InterruptedException {
    for (UUID experiment : preparations.waiting(preparedId)) {
      publisher.publish(new DatasetProgress(experiment, progress.done(), progress.total()));
    }
  }
}
