package io.tencrop.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.data.ParameterNorm;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingControl.CancelExperiment;
import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingEvent.CheckpointPublished;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.event.TrainingEvent.SegmentFailed;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.SwaSpec;
import io.tencrop.trainer.FakeRun.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SegmentWorkTest {
  private static final Duration TARGET = Duration.ofSeconds(25);

  private final FakeClock clock = new FakeClock();
  private final RecordedEvents told = new RecordedEvents();
  private final Cancellations cancellations = new Cancellations();
  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private final List<FakeRun> opened = new ArrayList<>();
  private FakeRun next = run(0, 0.5, 0.7, 0.6, 0.7);
  private Checkpoints checkpoints =
      (segment, moment) -> {
        long step = moment.snapshot().step();
        return new CheckpointRef("c" + step, step, moment.epoch(), "w" + step);
      };

  @AfterEach
  void stopWriter() {
    writer.shutdownNow();
  }

  private FakeRun run(long step, Double... validationAccuracies) {
    return new FakeRun(clock, step, validationAccuracies);
  }

  private SegmentWork work() {
    return new SegmentWork(
        "trainer-1",
        TARGET,
        segment -> {
          opened.add(next);
          return next;
        },
        (segment, moment) -> checkpoints.keep(segment, moment),
        told,
        cancellations,
        new TrainingMetrics(new SimpleMeterRegistry()),
        writer,
        clock::read);
  }

  private static TrainSegment segment(CheckpointPolicy policy) {
    return Segments.first(Segments.run(1, 4), Segments.dataset("p", "m"), policy);
  }

  private SegmentCompleted completed() {
    return (SegmentCompleted) told.events.get(told.events.size() - 1);
  }

  private List<Long> publishedSteps() {
    return told.events.stream()
        .filter(CheckpointPublished.class::isInstance)
        .map(event -> ((CheckpointPublished) event).checkpoint().step())
        .toList();
  }

  @Test
  void trainsForTheTargetTimeAndTellsWhatItSaw() throws Exception {
    TrainSegment segment = segment(CheckpointPolicy.LAST);
    work().handle(segment);

    assertThat(told.events).hasSize(1);
    SegmentCompleted event = completed();
    assertThat(event.head()).isEqualTo(new CheckpointRef("c25", 25, 2, "w25"));
    assertThat(event.parentId()).isNull();
    assertThat(event.runCompleted()).isFalse();
    assertThat(event.points())
        .extracting(MetricPoint::step)
        .containsExactly(5L, 10L, 15L, 20L, 25L);
    assertThat(event.epochs()).extracting(EpochMetrics::epoch).containsExactly(1, 2);
    assertThat(event.epochs())
        .allMatch(epoch -> List.of(new ParameterNorm("fc.weight", 0.5f, 2)).equals(epoch.norms()));
    assertThat(event.trainer()).isEqualTo("trainer-1");
    assertThat(event.seconds()).isEqualTo(25);
    assertThat(event.images()).isEqualTo(100);
    assertThat(event.engines()).containsExactly("earlier", "fake");
  }

  @Test
  void aRunThatStopsEarlyIsCompletedWithTheCheckpointOfThatEpoch() throws Exception {
    next = run(0, 0.5, 0.7, 0.6, 0.7);
    next.stopAfter = 2;
    work().handle(segment(CheckpointPolicy.LAST));
    assertThat(publishedSteps()).containsExactly(20L);
    assertThat(completed().runCompleted()).isTrue();
    assertThat(completed().head().step()).isEqualTo(20);
  }

  @Test
  void lastPlanPublishesOnlyTheFinalCheckpoint() throws Exception {
    next = run(25, 0.5, 0.7, 0.6, 0.7);
    work().handle(Segments.after(segment(CheckpointPolicy.LAST), ref(25)));
    assertThat(publishedSteps()).containsExactly(40L);
    assertThat(completed().runCompleted()).isTrue();
    assertThat(completed().head().step()).isEqualTo(40);
    assertThat(completed().parentId()).isEqualTo("c25");
  }

  @Test
  void everyEpochPlanPublishesEachEpochBeforeTheSegmentIsCompleted() throws Exception {
    work().handle(segment(CheckpointPolicy.EVERY_EPOCH));
    assertThat(publishedSteps()).containsExactly(10L, 20L);
    assertThat(told.events.get(2)).isInstanceOf(SegmentCompleted.class);
    assertThat(((CheckpointPublished) told.events.get(1)).metrics().validationAccuracy())
        .isEqualTo(0.7);
  }

  @Test
  void anAveragesLastEpochsArePublishedToo() throws Exception {
    assertThat(publishedSteps(CheckpointPolicy.BEST, "{\"epochs\": 4}")).containsExactly(10L, 20L);
    assertThat(publishedSteps(CheckpointPolicy.LAST, "{\"epochs\": 4}")).containsExactly(20L);
    assertThat(publishedSteps(CheckpointPolicy.LAST, "{\"epochs\": 5}")).isEmpty();
    // Which epochs will be the last is not known before.
    assertThat(
            publishedSteps(
                CheckpointPolicy.LAST, "{\"epochs\": 5, \"earlyStopping\": {\"patience\": 1}}"))
        .containsExactly(10L, 20L);
  }

  /** Of the first segment, 25 steps, of a plan that averages three epochs. */
  private List<Long> publishedSteps(CheckpointPolicy policy, String training) throws Exception {
    told.events.clear();
    next = run(0, 0.6, 0.5, 0.6, 0.6, 0.6);
    RunSpec run = Segments.run(1, 4);
    TrainSegment segment =
        Segments.first(
            Segments.with(run, training, run.input()), Segments.dataset("p", "m"), policy);
    work().handle(Segments.averaged(segment, new SwaSpec(3)));
    return publishedSteps();
  }

  @Test
  void bestPlanPublishesWhatIsBetterThanAllBefore() throws Exception {
    next = run(0, 0.6, 0.6, 0.5);
    work().handle(segment(CheckpointPolicy.BEST));
    assertThat(publishedSteps()).containsExactly(10L);
  }

  @Test
  void bestPlanWithoutValidationPublishesTheLast() throws Exception {
    next = run(0, Double.NaN, Double.NaN);
    work().handle(segment(CheckpointPolicy.BEST));
    assertThat(publishedSteps()).containsExactly(20L);
  }

  @Test
  void nextSegmentOfTheSameRunGoesOnWithTheOpenRun() throws Exception {
    SegmentWork work = work();
    TrainSegment segment = segment(CheckpointPolicy.LAST);
    work.handle(segment);
    assertThat(next.closed).isFalse();
    work.handle(Segments.after(segment, completed().head()));
    assertThat(opened).hasSize(1);
    assertThat(completed().head().step()).isEqualTo(40);
    assertThat(next.closed).as("closed at the run's end").isTrue();
  }

  @Test
  void redeliveredSegmentStartsFromItsParent() throws Exception {
    SegmentWork work = work();
    TrainSegment segment = segment(CheckpointPolicy.LAST);
    work.handle(segment);
    FakeRun first = next;
    next = run(0, 0.5, 0.7, 0.6, 0.7);
    work.handle(segment);
    assertThat(first.closed).isTrue();
    assertThat(opened).hasSize(2);
    assertThat(told.events.get(1)).isEqualTo(told.events.get(0));
    work.close();
    assertThat(next.closed).isTrue();
  }

  @Test
  void segmentOfACancelledExperimentIsSkipped() throws Exception {
    TrainSegment segment = segment(CheckpointPolicy.LAST);
    cancellations.apply(new CancelExperiment(segment.experimentId()));
    work().handle(segment);
    assertThat(opened).isEmpty();
    assertThat(told.events).isEmpty();
  }

  @Test
  void cancellationLeavesOffTheSegmentAtHandAtTheNextStep() throws Exception {
    TrainSegment segment = segment(CheckpointPolicy.EVERY_EPOCH);
    next.beforeStep =
        () -> {
          if (next.step() == 4) {
            cancellations.apply(new CancelExperiment(segment.experimentId()));
          }
        };
    work().handle(segment);
    assertThat(next.step()).isEqualTo(5);
    assertThat(next.closed).isTrue();
    assertThat(told.events).isEmpty();
  }

  @Test
  void interruptionLeavesTheSegmentToAnotherReplica() {
    next.beforeStep =
        () -> {
          if (next.step() == 4) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> work().handle(segment(CheckpointPolicy.LAST)))
        .isInstanceOf(InterruptedException.class);
    assertThat(next.closed).isTrue();
    assertThat(told.events).isEmpty();
  }

  @Test
  void checkpointThatCannotBeKeptFailsTheAttemptAndNothingFalseIsTold() {
    checkpoints =
        (segment, moment) -> {
          throw new IOException("store away");
        };
    assertThatThrownBy(() -> work().handle(segment(CheckpointPolicy.LAST)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("store away");
    assertThat(next.closed).isTrue();
    assertThat(told.events).isEmpty();
  }

  @Test
  void trainingGoesOnWhileACheckpointIsKept() throws Exception {
    CountDownLatch fifteen = new CountDownLatch(1);
    next.beforeStep =
        () -> {
          if (next.step() == 15) {
            fifteen.countDown();
          }
        };
    Checkpoints quick = checkpoints;
    checkpoints =
        (segment, moment) -> {
          try {
            fifteen.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return quick.keep(segment, moment);
        };
    work().handle(segment(CheckpointPolicy.EVERY_EPOCH));
    assertThat(publishedSteps()).containsExactly(10L, 20L);
  }

  @Test
  void progressComesNoMoreThanOnceASecondWithTheSpeed() throws Exception {
    work().handle(segment(CheckpointPolicy.LAST));
    assertThat(told.progress).hasSize(5);
    TrainingProgress report = told.progress.get(0);
    assertThat(report.point().step()).isEqualTo(5);
    assertThat(report.totalSteps()).isEqualTo(40);
    assertThat(report.imagesPerSecond()).isEqualTo(4);
  }

  @Test
  void failureIsToldWithTheSegmentItBelongsTo() throws Exception {
    TrainSegment segment = Segments.after(segment(CheckpointPolicy.LAST), ref(25));
    work().failed(segment, new Failure(FailureCode.INTERNAL, "defect"));
    TrainingEvent event = told.events.get(0);
    assertThat(event)
        .isEqualTo(
            new SegmentFailed(
                segment.experimentId(),
                segment.runId(),
                "c25",
                new Failure(FailureCode.INTERNAL, "defect")));
  }

  private static CheckpointRef ref(long step) {
    return new CheckpointRef("c" + step, step, (int) (step / 10), "w" + step);
  }
}
