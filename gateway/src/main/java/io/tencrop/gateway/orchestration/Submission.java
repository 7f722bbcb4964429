package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.Topics;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.event.DatasetRequest.PrepareDataset;
import io.tencrop.contracts.event.TrainingControl.CancelExperiment;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.gateway.spec.Expansion;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people ask of an experiment: that there be one, and that it be left off. */
public final class Submission {
  private final Ledger ledger;
  private final Telling telling;
  private final Clock clock;

  Submission(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.telling = new Telling(ledger, clock);
    this.clock = clock;
  }

  /** An experiment with its runs, and the request that its data be prepared. */
  public Experiment create(UUID id, ExperimentSpec spec) {
    // PostgreSQL keeps microseconds; what is answered now is what will be read later.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Experiment experiment =
        new Experiment(id, spec, "Waiting for the data set '" + spec.dataset() + "'", now);
    ledger.add(experiment);
    int ordinal = 0;
    for (RunSpec run : Expansion.runs(spec)) {
      ledger.add(new Run(UUID.randomUUID(), id, ordinal++, run, "Waiting for the data"));
    }
    ledger.send(
        Topics.DATASET_REQUESTS,
        id,
        new PrepareDataset(
            id,
            spec.dataset(),
            spec.preparation().shards(),
            spec.preparation().maxRejectedShare()));
    telling.created(experiment);
    return experiment;
  }

  /** What came of the wish to cancel. */
  public enum Cancellation {
    DONE,
    UNKNOWN,
    TOO_LATE
  }

  /** Leave off the experiment and all its runs that have not ended. */
  public Cancellation cancel(UUID id) {
    Optional<Experiment> found = ledger.lock(id);
    if (found.isEmpty()) {
      return Cancellation.UNKNOWN;
    }
    Experiment experiment = found.get();
    if (experiment.state().isFinal()) {
      return Cancellation.TOO_LATE;
    }
    List<Run> runs = ledger.runs(id);
    for (Run run : runs) {
      if (!run.state().isFinal()) {
        telling.become(experiment, run, State.CANCELLED, "Cancelled on request");
      }
    }
    telling.become(experiment, State.CANCELLED, "Cancelled on request");
    ledger.send(Topics.TRAINING_CONTROL, id, new CancelExperiment(id));
    return Cancellation.DONE;
  }
}
