package io.tencrop.gateway.api;

import io.tencrop.contracts.api.CheckpointView;
import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.Page;
import io.tencrop.contracts.api.RunGradients;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.State;
import io.tencrop.gateway.orchestration.Views;
import io.tencrop.gateway.state.Checkpoints;
import io.tencrop.gateway.state.Curves;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Experiments;
import io.tencrop.gateway.state.Experiments.Place;
import io.tencrop.gateway.state.Run;
import io.tencrop.gateway.state.RunProgress;
import io.tencrop.gateway.state.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers questions about experiments and runs. */
@ApplicationScoped
@Transactional
class Queries {
  private final Experiments experiments;
  private final Runs runs;
  private final Checkpoints checkpoints;
  private final Curves curves;
  private final Clock clock;

  Queries(Experiments experiments, Runs runs, Checkpoints checkpoints, Curves curves, Clock clock) {
    this.experiments = experiments;
    this.runs = runs;
    this.checkpoints = checkpoints;
    this.curves = curves;
    this.clock = clock;
  }

  ExperimentView experiment(UUID id) {
    Experiment experiment = existing(id);
    List<Run> members = runs.of(id);
    List<UUID> ids = members.stream().map(Run::id).toList();
    return Views.experiment(
        experiment, members, curves.progress(ids), curves.lastEpochs(ids), clock.instant());
  }

  State state(UUID id) {
    return existing(id).state();
  }

  Page<ExperimentSummary> list(
      @Nullable State state, @Nullable String label, @Nullable Place after, int limit) {
    List<Experiment> found = experiments.page(state, label, after, limit + 1);
    List<Experiment> page = found.subList(0, Math.min(limit, found.size()));
    List<Run> members = runs.of(page.stream().map(Experiment::id).toList());
    Map<UUID, List<Run>> byExperiment =
        members.stream().collect(Collectors.groupingBy(Run::experimentId));
    Map<UUID, RunProgress> reports = curves.progress(members.stream().map(Run::id).toList());
    return new Page<>(
        page.stream()
            .map(
                experiment ->
                    Views.summary(
                        experiment, byExperiment.getOrDefault(experiment.id(), List.of()), reports))
            .toList(),
        found.size() > limit ? Cursor.after(page.get(page.size() - 1)) : null);
  }

  RunView run(UUID id) {
    Run run = existingRun(id);
    return Views.run(
        run, curves.progress(List.of(id)).get(id), curves.lastEpochs(List.of(id)).get(id));
  }

  RunMetrics metrics(UUID id) {
    Run run = existingRun(id);
    return new RunMetrics(id, run.spec().name(), curves.points(id), curves.epochs(id));
  }

  /** The curves of all runs of an experiment, in the order of the spec. */
  List<RunMetrics> curves(UUID experimentId) {
    return runs.of(experimentId).stream().map(run -> metrics(run.id())).toList();
  }

  RunGradients gradients(UUID id) {
    return new RunGradients(id, existingRun(id).spec().name(), curves.norms(id));
  }

  List<CheckpointView> checkpoints(UUID id) {
    Run run = existingRun(id);
    return checkpoints.of(id).stream()
        .map(checkpoint -> Views.checkpoint(run, checkpoint))
        .toList();
  }

  private Experiment existing(UUID id) {
    return experiments
        .findByIdOptional(id)
        .orElseThrow(() -> ProblemException.unknown("experiment", id));
  }

  private Run existingRun(UUID id) {
    return runs.findByIdOptional(id).orElseThrow(() -> ProblemException.unknown("run", id));
  }
}
