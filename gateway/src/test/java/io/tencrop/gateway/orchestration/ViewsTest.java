package io.tencrop.gateway.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.RunGroupSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.gateway.spec.Expansion;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import io.tencrop.gateway.state.RunProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final UUID id = UUID.randomUUID();
  private final Experiment experiment;
  private final List<Run> runs = new ArrayList<>();

  ViewsTest() {
    RunGroupSpec group =
        RunGroupSpec.of(
            null,
            new ArchitectureSpec("small", Map.of()),
            List.of(1L, 2L),
            PhasesTest.training("{\"batchSize\": 10, \"epochs\": 1}"));
    ExperimentSpec spec = new ExperimentSpec("x", "d", null, List.of(group), null, null);
    experiment = new Experiment(id, spec, "", NOW);
    for (RunSpec run : Expansion.runs(spec)) {
      runs.add(new Run(UUID.randomUUID(), id, runs.size(), run, ""));
    }
  }

  @Test
  void thereIsNoProgressBeforeTheStepsAreKnown() {
    assertThat(view(Map.of()).progress()).isZero();
    assertThat(view(Map.of()).etaSeconds()).isNull();
  }

  @Test
  void progressCountsStepsAndTheTimeLeftFollowsFromRecentTrainers() {
    begin();
    ExperimentView view = view(Map.of(runs.get(0).id(), report(runs.get(0), 50, NOW)));
    assertThat(view.progress()).isCloseTo(0.25, within(1e-9));
    // 150 steps of 10 images at 100 images a second.
    assertThat(view.etaSeconds()).isEqualTo(15);
    assertThat(view.runs().get(0).step()).isEqualTo(50);
    assertThat(view.runs().get(0).imagesPerSecond()).isEqualTo(100);
  }

  @Test
  void aSilentTrainerIsNotCountedOn() {
    begin();
    RunProgress old = report(runs.get(0), 50, NOW.minusSeconds(60));
    assertThat(view(Map.of(runs.get(0).id(), old)).etaSeconds()).isNull();
  }

  @Test
  void aReportFromBeforeTheHeadDoesNotMoveTheRunBack() {
    begin();
    Run run = runs.get(0);
    run.advance(
        new SegmentCompleted(
            id,
            run.id(),
            null,
            new CheckpointRef("c", 80, 0, "w"),
            false,
            List.of(),
            List.of(),
            "t",
            2,
            800,
            List.of()));
    assertThat(view(Map.of(run.id(), report(run, 50, NOW))).runs().get(0).step()).isEqualTo(80);
  }

  private void begin() {
    experiment.become(State.RUNNING, "", NOW);
    for (Run run : runs) {
      run.plan(100);
      run.become(State.RUNNING, "");
    }
  }

  private ExperimentView view(Map<UUID, RunProgress> reports) {
    return Views.experiment(experiment, runs, reports, Map.of(), NOW);
  }

  private static RunProgress report(Run run, long step, Instant at) {
    return new RunProgress(run.id(), new MetricPoint(step, step / 100.0, 1, 0.5), 100, "t", at);
  }
}
