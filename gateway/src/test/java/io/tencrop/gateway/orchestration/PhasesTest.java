package io.tencrop.gateway.orchestration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.DatasetEvent.DatasetFailed;
import io.tencrop.contracts.event.DatasetEvent.DatasetPrepared;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointEvaluated;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointsAveraged;
import io.tencrop.contracts.event.EvaluationEvent.EvaluationFailed;
import io.tencrop.contracts.event.EvaluationEvent.ReportComposed;
import io.tencrop.contracts.event.EvaluationRequest.AverageCheckpoints;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingControl.CancelExperiment;
import io.tencrop.contracts.event.TrainingEvent.CheckpointPublished;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.event.TrainingEvent.SegmentFailed;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.PreparationSpec;
import io.tencrop.contracts.spec.RunGroupSpec;
import io.tencrop.contracts.spec.SwaSpec;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.gateway.orchestration.Submission.Cancellation;
import io.tencrop.gateway.spec.FewNetworks;
import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Run;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PhasesTest {
  private static final Failure DIVERGED = new Failure(FailureCode.TRAINING_DIVERGED, "NaN");

  private final MemoryLedger ledger = new MemoryLedger();
  private final Clock clock = Clock.systemUTC();
  private final Submission submission = new Submission(ledger, clock);
  private final DataPhase data = new DataPhase(ledger, new FewNetworks(), clock);
  private final TrainingPhase training = new TrainingPhase(ledger, clock);
  private final EvaluationPhase evaluation = new EvaluationPhase(ledger, clock);
  private final UUID id = UUID.randomUUID();

  @Test
  void everyRunGetsItsFirstSegmentOnceTheDataIsThere() {
    create(CheckpointPolicy.LAST, group("a", 1, 2), group("b", 1));
    data.on(new DatasetPrepared(id, dataset(10, 36), false));
    data.on(new DatasetPrepared(id, dataset(10, 36), false));
    assertThat(ledger.sent(TrainSegment.class))
        .extracting(segment -> segment.run().name())
        .containsExactly("a-s1", "a-s2", "b-s1");
    assertThat(experiment().state()).isEqualTo(State.RUNNING);
    // 1000 images in batches of 64: 16 steps an epoch, the last batch is kept.
    assertThat(run("a-s1").totalSteps()).isEqualTo(32);
  }

  @Test
  void failedDataFailsTheExperimentAndItsRuns() {
    create(CheckpointPolicy.LAST, group("a", 1));
    data.on(new DatasetFailed(id, new Failure(FailureCode.SOURCE_INVALID, "bad magic")));
    data.on(new DatasetPrepared(id, dataset(10, 36), false));
    assertThat(experiment().state()).isEqualTo(State.FAILED);
    assertThat(experiment().failure())
        .isEqualTo(new Failure(FailureCode.SOURCE_INVALID, "bad magic"));
    assertThat(run("a-s1").state()).isEqualTo(State.FAILED);
    assertThat(ledger.sent(TrainSegment.class)).isEmpty();
  }

  @Test
  void dataThatTheSpecCannotUseFailsTheExperiment() {
    create(CheckpointPolicy.LAST, group("a", 1));
    data.on(new DatasetPrepared(id, dataset(10, 20), false));
    assertThat(experiment().failure().code()).isEqualTo(FailureCode.PREPARATION_INVALID);
    assertThat(experiment().reason()).contains("the images are 20 x 20");
  }

  @Test
  void computedNormalizationIsThatOfTheData() {
    compute(CheckpointPolicy.LAST, group("a", 1, 2));
    Normalization computed = new Normalization(List.of(0.25), List.of(0.125));
    data.on(new DatasetPrepared(id, dataset(10, 36, computed), false));
    assertThat(ledger.sent(TrainSegment.class))
        .hasSize(2)
        .allSatisfy(segment -> assertThat(segment.run().input().normalize()).isEqualTo(computed));
    assertThat(run("a-s2").spec().input().normalize()).isEqualTo(computed);
  }

  @Test
  void normalizationThatCannotBeComputedFailsTheExperiment() {
    compute(CheckpointPolicy.LAST, group("a", 1));
    data.on(new DatasetPrepared(id, dataset(10, 36), true));
    assertThat(experiment().failure().code()).isEqualTo(FailureCode.PREPARATION_INVALID);
    assertThat(experiment().reason()).contains("normalize", "prepared/p/manifest.json");
  }

  @Test
  void normalizationByNothingFailsTheExperiment() {
    compute(CheckpointPolicy.LAST, group("a", 1));
    Normalization flat = new Normalization(List.of(0.5), List.of(0.0));
    data.on(new DatasetPrepared(id, dataset(10, 36, flat), true));
    assertThat(experiment().reason()).contains("all training pixels of a channel are the same");
  }

  @Test
  void binaryCrossEntropyNeedsTwoClasses() {
    RunGroupSpec binary =
        RunGroupSpec.of(
            "bin",
            new ArchitectureSpec("small", Map.of()),
            List.of(1L),
            training("{\"loss\": \"binaryCrossEntropy\"}"));
    create(CheckpointPolicy.LAST, binary, group("a", 1));
    data.on(new DatasetPrepared(id, dataset(10, 36), false));
    assertThat(run("bin-s1").failure().code()).isEqualTo(FailureCode.ARCHITECTURE_INVALID);
    assertThat(run("a-s1").state()).isEqualTo(State.QUEUED);
  }

  @Test
  void augmentationMustLeaveTheSizeThatTheDataGives() {
    RunGroupSpec shrinking =
        RunGroupSpec.of(
            "shrinking",
            new ArchitectureSpec("small", Map.of()),
            List.of(1L),
            training("{\"augment\": [{\"randomCrop\": {\"size\": 28}}]}"));
    create(CheckpointPolicy.LAST, shrinking, group("a", 1));
    data.on(new DatasetPrepared(id, dataset(10, 36), false));
    assertThat(run("shrinking-s1").failure().code()).isEqualTo(FailureCode.ARCHITECTURE_INVALID);
    assertThat(run("shrinking-s1").failure().message())
        .contains("randomCrop's size is 28; must leave what the network sees at its size");
    assertThat(run("a-s1").state()).isEqualTo(State.QUEUED);
  }

  @Test
  void aSegmentMovesTheHeadOnceAndASecondLineageChangesNothing() {
    begin(CheckpointPolicy.LAST, group("a", 1));
    Run run = run("a-s1");
    training.on(segment(run, null, 10, false));
    training.on(segment(run, null, 10, false));
    training.on(segment(run, null, 14, false));
    training.on(new SegmentFailed(id, run.id(), null, DIVERGED));
    assertThat(run.headStep()).isEqualTo(10);
    assertThat(run.segments()).isEqualTo(1);
    assertThat(run.state()).isEqualTo(State.RUNNING);
    assertThat(ledger.sent(TrainSegment.class)).hasSize(2);
    assertThat(ledger.points.keySet()).containsExactly(10L);
  }

  @Test
  void lastEvaluatesTheHead() {
    begin(CheckpointPolicy.LAST, group("a", 1));
    Run run = run("a-s1");
    training.on(published(run, null, 16, 0.9));
    training.on(segment(run, null, 32, true));
    assertThat(evaluatedSteps()).containsExactly(32L);
    assertThat(experiment().state()).isEqualTo(State.EVALUATING);
  }

  @Test
  void bestEvaluatesTheHighestValidationAccuracyTheEarliestOfEquals() {
    begin(CheckpointPolicy.BEST, group("a", 1));
    Run run = run("a-s1");
    training.on(published(run, null, 16, 0.8));
    training.on(segment(run, null, 16, false));
    training.on(published(run, "a-s1@16", 32, 0.8));
    training.on(segment(run, "a-s1@16", 32, true));
    assertThat(evaluatedSteps()).containsExactly(16L);
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@16"));
    assertThat(ledger.sent(ComposeReport.class))
        .singleElement()
        .satisfies(
            report ->
                assertThat(report.members())
                    .extracting(member -> member.checkpoint().id())
                    .containsExactly("a-s1@16"));
  }

  @Test
  void everyEpochEvaluatesEachOnceAndTheRunWaitsForAll() {
    begin(CheckpointPolicy.EVERY_EPOCH, group("a", 1));
    Run run = run("a-s1");
    training.on(published(run, null, 16, 0.7));
    training.on(published(run, null, 16, 0.7));
    training.on(published(run, null, 32, 0.8));
    training.on(segment(run, null, 32, true));
    assertThat(evaluatedSteps()).containsExactly(16L, 32L);
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@32"));
    assertThat(run.state()).isEqualTo(State.EVALUATING);
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@16"));
    assertThat(run.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void anEvaluationThatEndsBeforeTheTrainingIsNotForgotten() {
    begin(CheckpointPolicy.EVERY_EPOCH, group("a", 1));
    Run run = run("a-s1");
    training.on(published(run, null, 16, 0.7));
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@16"));
    training.on(segment(run, null, 32, true));
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@32"));
    assertThat(run.state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void evaluationsThatAllEndBeforeTheTrainingCompleteTheRunWithIt() {
    begin(CheckpointPolicy.EVERY_EPOCH, group("a", 1));
    Run run = run("a-s1");
    training.on(published(run, null, 16, 0.7));
    training.on(published(run, null, 32, 0.8));
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@16"));
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@32"));
    assertThat(run.state()).isNotEqualTo(State.COMPLETED);
    training.on(segment(run, null, 32, true));
    assertThat(run.state()).isEqualTo(State.COMPLETED);
    assertThat(ledger.sent(ComposeReport.class)).hasSize(1);
  }

  @Test
  void theReportIsAskedForOnceAllRunsHaveEndedAndEndsTheExperiment() {
    begin(CheckpointPolicy.LAST, group("a", 1, 2));
    complete(run("a-s1"));
    assertThat(ledger.sent(ComposeReport.class)).isEmpty();
    evaluation.on(new ReportComposed(id));
    assertThat(experiment().state()).isEqualTo(State.RUNNING);
    complete(run("a-s2"));
    assertThat(ledger.sent(ComposeReport.class)).hasSize(1);
    evaluation.on(new ReportComposed(id));
    evaluation.on(new ReportComposed(id));
    assertThat(experiment().state()).isEqualTo(State.COMPLETED);
    assertThat(experiment().endedAt()).isNotNull();
  }

  @Test
  void aFailedRunIsNamedWhenTheOthersAreReported() {
    begin(CheckpointPolicy.LAST, group("a", 1, 2));
    training.on(new SegmentFailed(id, run("a-s1").id(), null, DIVERGED));
    complete(run("a-s2"));
    assertThat(ledger.sent(ComposeReport.class).get(0).members()).hasSize(1);
    evaluation.on(new ReportComposed(id));
    assertThat(experiment().state()).isEqualTo(State.FAILED);
    assertThat(experiment().reason())
        .isEqualTo("a-s1 failed; the report has the other runs. a-s1: NaN");
  }

  @Test
  void whenEveryRunFailsThereIsNoReport() {
    begin(CheckpointPolicy.LAST, group("a", 1, 2));
    training.on(new SegmentFailed(id, run("a-s1").id(), null, DIVERGED));
    training.on(new SegmentFailed(id, run("a-s2").id(), null, DIVERGED));
    assertThat(experiment().state()).isEqualTo(State.FAILED);
    assertThat(experiment().reason()).isEqualTo("Every run failed. a-s1: NaN; a-s2: NaN");
    assertThat(ledger.sent(ComposeReport.class)).isEmpty();
  }

  @Test
  void aFailedEvaluationFailsItsRunAndAFailedReportTheExperiment() {
    begin(CheckpointPolicy.LAST, group("a", 1, 2));
    Run first = run("a-s1");
    training.on(segment(first, null, 32, true));
    Failure corrupt = new Failure(FailureCode.OBJECT_CORRUPT, "weights are gone");
    evaluation.on(new EvaluationFailed(id, first.id(), "a-s1@32", corrupt));
    assertThat(first.failure()).isEqualTo(corrupt);
    complete(run("a-s2"));
    evaluation.on(new EvaluationFailed(id, null, null, corrupt));
    assertThat(experiment().failure()).isEqualTo(corrupt);
    assertThat(run("a-s2").state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void cancellingEndsAllAndTellsTheTrainers() {
    begin(CheckpointPolicy.LAST, group("a", 1, 2));
    complete(run("a-s1"));
    assertThat(submission.cancel(id)).isEqualTo(Cancellation.DONE);
    assertThat(run("a-s1").state()).isEqualTo(State.COMPLETED);
    assertThat(run("a-s2").state()).isEqualTo(State.CANCELLED);
    assertThat(ledger.sent(CancelExperiment.class)).hasSize(1);
    int sent = ledger.sent.size();
    training.on(segment(run("a-s2"), null, 32, true));
    training.begun(id, run("a-s2").id());
    training.fail(id, run("a-s2").id(), DIVERGED);
    assertThat(ledger.sent).hasSize(sent);
    assertThat(submission.cancel(id)).isEqualTo(Cancellation.TOO_LATE);
    assertThat(submission.cancel(UUID.randomUUID())).isEqualTo(Cancellation.UNKNOWN);
  }

  @Test
  void eventsAreNumberedWithoutGaps() {
    begin(CheckpointPolicy.LAST, group("a", 1));
    training.begun(id, run("a-s1").id());
    complete(run("a-s1"));
    evaluation.on(new ReportComposed(id));
    assertThat(ledger.told)
        .containsExactly(
            "1 state",
            "2 state",
            "3 run",
            "4 run",
            "5 metrics",
            "6 run",
            "7 state",
            "8 run",
            "9 state");
  }

  @Test
  void eventsOfUnknownExperimentsAndRunsAreNobodys() {
    begin(CheckpointPolicy.LAST, group("a", 1));
    UUID nobody = UUID.randomUUID();
    training.on(new SegmentFailed(nobody, nobody, null, DIVERGED));
    training.on(new SegmentFailed(id, nobody, null, DIVERGED));
    evaluation.on(new CheckpointEvaluated(id, nobody, "x"));
    data.on(new DatasetFailed(nobody, DIVERGED));
    assertThat(experiment().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void aPatternThatFreezesNothingFailsItsRunOnceTheInputIsKnown() {
    RunGroupSpec frozen =
        RunGroupSpec.of(
            "frozen",
            new ArchitectureSpec("small", Map.of()),
            List.of(1L),
            training("{\"freeze\": [\"cnov.*\"]}"));
    create(CheckpointPolicy.LAST, frozen, group("a", 1));
    data.on(new DatasetPrepared(id, dataset(10, 36), false));
    assertThat(run("frozen-s1").failure().message())
        .startsWith("freeze: 'cnov.*' matches no parameter of small; did you mean 'conv.*'?");
    assertThat(run("a-s1").state()).isEqualTo(State.QUEUED);
  }

  @Test
  void aRunThatStopsEarlyIsCompleteAndSaysWhy() {
    RunGroupSpec group =
        RunGroupSpec.of(
            "a",
            new ArchitectureSpec("small", Map.of()),
            List.of(1L, 2L),
            training("{\"epochs\": 30, \"earlyStopping\": {\"patience\": 5}}"));
    begin(CheckpointPolicy.LAST, group);
    Run run = run("a-s1");
    assertThat(run.totalSteps()).isEqualTo(30 * 16);
    training.on(segment(run, null, 7 * 16, true));
    String why = "stopped early after epoch 7 of 30: validation loss has not improved for 5 epochs";
    assertThat(run.state()).isEqualTo(State.EVALUATING);
    assertThat(run.reason()).isEqualTo("Trained; being evaluated; " + why);
    RunView view = Views.run(run, null, null);
    assertThat(view.notes()).containsExactly(why);
    assertThat(view.step()).isEqualTo(view.totalSteps()).isEqualTo(7 * 16);
    Run other = run("a-s2");
    training.on(segment(other, null, 7 * 16, false));
    assertThat(Views.run(other, null, null).notes()).isEmpty();
    assertThat(other.totalSteps()).isEqualTo(30 * 16);
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@112"));
    assertThat(run.state()).isEqualTo(State.COMPLETED);
    assertThat(run.reason()).isEqualTo("Completed; " + why);
  }

  @Test
  void aRunThatSeveralEnginesTrainedSaysSo() {
    begin(CheckpointPolicy.LAST, group("a", 1));
    Run run = run("a-s1");
    SegmentCompleted first = segment(run, null, 16, false);
    training.on(first);
    assertThat(Views.run(run, null, null).notes()).isEmpty();
    training.on(
        new SegmentCompleted(
            id,
            run.id(),
            first.head().id(),
            ref(run, 32),
            true,
            List.of(),
            List.of(),
            "t",
            1,
            640,
            List.of("PyTorch 2.7.1 cpu", "PyTorch 2.3.1 gpu")));
    assertThat(Views.run(run, null, null).notes())
        .containsExactly(
            "trained by PyTorch 2.7.1 cpu, then by PyTorch 2.3.1 gpu: agrees only within rounding with a run of one engine");
  }

  @Test
  void theLastEpochsOfARunAreAveragedAndTheAverageIsEvaluated() {
    create(CheckpointPolicy.LAST, null, new SwaSpec(2), group("a", 1));
    data.on(new DatasetPrepared(id, dataset(10, 36), false));
    assertThat(ledger.sent(TrainSegment.class))
        .extracting(TrainSegment::swa)
        .containsExactly(new SwaSpec(2));
    Run run = run("a-s1");
    training.on(published(run, null, 16, 0.5));
    training.on(published(run, null, 32, 0.5));
    assertThat(ledger.sent(AverageCheckpoints.class)).isEmpty();
    training.on(segment(run, null, 32, true));
    training.on(segment(run, null, 32, true));
    assertThat(ledger.sent(AverageCheckpoints.class))
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.checkpoints()).containsExactly(ref(run, 16), ref(run, 32)));
    assertThat(evaluatedSteps()).containsExactly(32L);

    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@32"));
    assertThat(run("a-s1").state()).isEqualTo(State.EVALUATING);
    CheckpointRef average = new CheckpointRef("average", 32, 2, "mean", 2);
    evaluation.on(new CheckpointsAveraged(id, run.id(), average));
    evaluation.on(
        new CheckpointsAveraged(id, run.id(), new CheckpointRef("another", 32, 2, "m", 2)));
    assertThat(ledger.sent(EvaluateCheckpoint.class))
        .extracting(EvaluateCheckpoint::checkpoint)
        .containsExactly(ref(run, 32), average);
    assertThat(run("a-s1").state()).isEqualTo(State.EVALUATING);
    evaluation.on(new CheckpointEvaluated(id, run.id(), "average"));
    assertThat(run("a-s1").state()).isEqualTo(State.COMPLETED);
    assertThat(ledger.sent(ComposeReport.class).get(0).members())
        .singleElement()
        .satisfies(
            member -> {
              assertThat(member.checkpoint()).isEqualTo(ref(run, 32));
              assertThat(member.swa()).isEqualTo(average);
              assertThat(member.epochs()).containsExactly(ref(run, 32));
            });
  }

  @Test
  void aRunOfOneEpochHasNoAverage() {
    create(CheckpointPolicy.LAST, null, new SwaSpec(2), group("a", 1));
    data.on(new DatasetPrepared(id, dataset(10, 36), false));
    Run run = run("a-s1");
    training.on(published(run, null, 16, 0.5));
    training.on(segment(run, null, 16, true));
    assertThat(ledger.sent(AverageCheckpoints.class)).isEmpty();
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@16"));
    assertThat(run("a-s1").state()).isEqualTo(State.COMPLETED);
    assertThat(ledger.sent(ComposeReport.class).get(0).members())
        .extracting(Member::swa)
        .containsOnlyNulls();
  }

  @Test
  void theReportIsToldOfAllEpochsThatWereEvaluated() {
    begin(CheckpointPolicy.EVERY_EPOCH, group("a", 1));
    Run run = run("a-s1");
    training.on(published(run, null, 16, 0.5));
    training.on(published(run, null, 32, 0.5));
    training.on(segment(run, null, 32, true));
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@16"));
    evaluation.on(new CheckpointEvaluated(id, run.id(), "a-s1@32"));
    assertThat(ledger.sent(ComposeReport.class).get(0).members().get(0).epochs())
        .containsExactly(ref(run, 16), ref(run, 32));
  }

  private void create(CheckpointPolicy policy, RunGroupSpec... groups) {
    create(policy, null, null, groups);
  }

  private void compute(CheckpointPolicy policy, RunGroupSpec... groups) {
    create(policy, Normalization.COMPUTED, null, groups);
  }

  private void create(
      CheckpointPolicy policy,
      @Nullable Normalization normalize,
      @Nullable SwaSpec swa,
      RunGroupSpec... groups) {
    submission.create(
        id,
        new ExperimentSpec(
            "x",
            "digits",
            PreparationSpec.of(null, null, 32, null, 1, null, normalize, null, null, null),
            List.of(groups),
            new EvaluationSpec(policy, List.of(ViewSpec.CENTER, ViewSpec.TEN_CROP), List.of(), swa),
            List.of()));
  }

  private void begin(CheckpointPolicy policy, RunGroupSpec... groups) {
    create(policy, groups);
    data.on(new DatasetPrepared(id, dataset(10, 36), false));
  }

  private void complete(Run run) {
    training.on(segment(run, null, 32, true));
    evaluation.on(new CheckpointEvaluated(id, run.id(), run.spec().name() + "@32"));
  }

  private Experiment experiment() {
    return ledger.experiments.get(id);
  }

  private Run run(String name) {
    return ledger.runs.stream()
        .filter(run -> run.spec().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<Long> evaluatedSteps() {
    return ledger.sent(EvaluateCheckpoint.class).stream()
        .map(request -> request.checkpoint().step())
        .toList();
  }

  private static RunGroupSpec group(String name, long... seeds) {
    return RunGroupSpec.of(
        name,
        new ArchitectureSpec("small", Map.of()),
        Arrays.stream(seeds).boxed().toList(),
        training("{\"epochs\": 2}"));
  }

  static TrainingSpec training(String json) {
    try {
      return new MessageCodec().decode(json.getBytes(UTF_8), TrainingSpec.class);
    } catch (MessageFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static PreparedDataset dataset(int classes, int side) {
    return dataset(classes, side, null);
  }

  private static PreparedDataset dataset(
      int classes, int side, @Nullable Normalization normalization) {
    return new PreparedDataset(
        "p",
        "m",
        IntStream.range(0, classes).mapToObj(String::valueOf).toList(),
        1,
        side,
        side,
        Map.of(SplitName.TRAIN, 1000L, SplitName.VALIDATION, 10L, SplitName.TEST, 10L),
        normalization,
        List.of());
  }

  private static CheckpointRef ref(Run run, long step) {
    return new CheckpointRef(run.spec().name() + "@" + step, step, (int) step / 16, "w" + step);
  }

  private CheckpointPublished published(
      Run run, @Nullable String parent, long step, double accuracy) {
    return new CheckpointPublished(
        id,
        run.id(),
        parent,
        ref(run, step),
        new EpochMetrics((int) step / 16, step, 1, 0.5, 1, accuracy, null));
  }

  private SegmentCompleted segment(Run run, @Nullable String parent, long step, boolean last) {
    return new SegmentCompleted(
        id,
        run.id(),
        parent,
        ref(run, step),
        last,
        List.of(new MetricPoint(step, step / 16.0, 1, 0.5)),
        List.of(),
        "t",
        1,
        640,
        List.of("PyTorch 2.7.1 cpu"));
  }
}
