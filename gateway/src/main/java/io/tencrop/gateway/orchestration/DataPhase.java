package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.DatasetEvent.DatasetFailed;
import io.tencrop.contracts.event.DatasetEvent.DatasetPrepared;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.PreparationSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.gateway.spec.AugmentRules;
import io.tencrop.gateway.spec.Expansion;
import io.tencrop.gateway.spec.Freezing;
import io.tencrop.gateway.spec.Networks;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** From the request for data to the first segment of every run. */
final class DataPhase {
  private final Ledger ledger;
  private final Networks networks;
  private final Telling telling;
  private final Beginning beginning;
  private final Ending ending;

  DataPhase(Ledger ledger, Networks networks, Clock clock) {
    this.ledger = ledger;
    this.networks = networks;
    this.telling = new Telling(ledger, clock);
    this.beginning = new Beginning(ledger, clock);
    this.ending = new Ending(ledger, clock);
  }

  /** What follows from an event of the dataset service. */
  void on(DatasetEvent event) {
    Experiment experiment = ledger.lock(event.experimentId()).orElse(null);
    if (experiment == null
        || (experiment.state() != State.QUEUED && experiment.state() != State.PREPARING)) {
      return;
    }
    if (event instanceof DatasetProgress progress) {
      progress(experiment, progress);
    } else if (event instanceof DatasetPrepared prepared) {
      prepared(experiment, prepared);
    } else if (event instanceof DatasetFailed failed) {
      ending.abandon(experiment, failed.failure());
    }
  }

  private void progress(Experiment experiment, DatasetProgress progress) {
    if (experiment.state() == State.QUEUED) {
      telling.become(experiment, State.PREPARING, "Preparing the data");
    }
    telling.shards(experiment, progress);
  }

  private void prepared(Experiment experiment, DatasetPrepared event) {
    PreparedDataset dataset = event.dataset();
    Optional<String> unusable = objection(experiment.spec(), dataset);
    if (unusable.isPresent()) {
      ending.abandon(experiment, new Failure(FailureCode.PREPARATION_INVALID, unusable.get()));
      return;
    }
    experiment.prepared(dataset);
    telling.become(
        experiment,
        State.RUNNING,
        event.reused() ? "Training; the data had been prepared before" : "Training");
    List<Run> fit = new ArrayList<>();
    for (Run run : ledger.runs(experiment.id())) {
      if (isComputed(experiment.spec())) {
        run.normalize(Objects.requireNonNull(dataset.normalization()));
      }
      Optional<Failure> unfit =
          objection(run.spec(), dataset)
              .map(objection -> new Failure(FailureCode.ARCHITECTURE_INVALID, objection))
              .or(() -> beginning.objection(run.spec(), dataset));
      if (unfit.isPresent()) {
        telling.fail(experiment, run, unfit.get());
      } else {
        run.plan(Expansion.totalSteps(run.spec(), images(dataset, SplitName.TRAIN)));
        fit.add(run);
      }
    }
    beginning.begin(experiment, fit);
    ending.check(experiment);
  }

  private static Optional<String> objection(ExperimentSpec spec, PreparedDataset dataset) {
    PreparationSpec preparation = spec.preparation();
    int side = Math.min(dataset.height(), dataset.width());
    Integer crop = preparation.crop();
    if (crop != null && crop > side) {
      return Optional.of(
          "preparation.crop is %d, but the images are %d x %d: choose a crop of at most %d, or set resize"
              .formatted(crop, dataset.height(), dataset.width(), side));
    }
    for (ViewSpec view : spec.evaluation().views()) {
      Optional<String> objection = view.objection(crop, side);
      if (objection.isPresent()) {
        return Optional.of(
            "%s; the images are %d x %d: choose a smaller crop, or set resize"
                .formatted(objection.get(), dataset.height(), dataset.width()));
      }
    }
    if (isComputed(spec)) {
      Optional<String> objection = objectionToNormalize(dataset);
      if (objection.isPresent()) {
        return objection;
      }
    }
    for (SplitName split : List.of(SplitName.TRAIN, SplitName.VALIDATION, SplitName.TEST)) {
      if (images(dataset, split) == 0) {
        return Optional.of(
            "the %s split has no image: choose other shares in preparation.split"
                .formatted(split.label()));
      }
    }
    return Optional.empty();
  }

  private static boolean isComputed(ExperimentSpec spec) {
    Normalization normalize = spec.preparation().normalize();
    return normalize != null && normalize.isComputed();
  }

  private static Optional<String> objectionToNormalize(PreparedDataset dataset) {
    Normalization computed = dataset.normalization();
    if (computed == null) {
      return Optional.of(
          "preparation.normalize is to be computed, but the data was prepared by a version that did not: give it values, or delete %s/%s so that the data is prepared anew"
              .formatted(Buckets.DATASETS, Buckets.preparedManifest(dataset.id())));
    }
    return computed.std().contains(0.0)
        ? Optional.of(
            "preparation.normalize is to be computed, but all training pixels of a channel are the same (std is %s): give it values"
                .formatted(computed.std()))
        : Optional.empty();
  }

  private Optional<String> objection(RunSpec run, PreparedDataset dataset) {
    if (run.training().loss().type() == LossSpec.Type.BINARY_CROSS_ENTROPY
        && dataset.classes().size() != 2) {
      return Optional.of(
          "binaryCrossEntropy needs a data set of 2 classes, and this one has %d: use crossEntropy"
              .formatted(dataset.classes().size()));
    }
    Integer crop = run.input().crop();
    int height = crop == null ? dataset.height() : crop;
    int width = crop == null ? dataset.width() : crop;
    return networks
        .objectionToInput(run.architecture(), dataset.channels(), height, width)
        .or(() -> objectionToFreeze(run, dataset.channels(), height, width))
        .or(() -> AugmentRules.objection(run.training().augment(), height, width));
  }

  private Optional<String> objectionToFreeze(RunSpec run, int channels, int height, int width) {
    return run.training().freeze().isEmpty()
        ? Optional.empty()
        : new Freezing(
                run.architecture().name(),
                networks.parameters(run.architecture(), channels, height, width))
            .objection(run.training().freeze());
  }

  private static long images(PreparedDataset dataset, SplitName split) {
    return dataset.counts().getOrDefault(split, 0L);
  }
}
