package io.tencrop.standalone.command;

import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.event.TrainingProgress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a run while it goes on, from its state and its trainer's reports. */
final class RunProgress {
  private RunView run;
  private @Nullable MetricPoint point;
  private @Nullable EpochMetrics epoch;
  private @Nullable Long totalSteps;
  private double imagesPerSecond;
  private @Nullable String trainer;

  RunProgress(RunView run) {
    this.run = run;
    update(run);
  }

  void update(RunView next) {
    run = next;
    totalSteps = next.totalSteps() == null ? totalSteps : next.totalSteps();
    trainer = next.trainer() == null ? trainer : next.trainer();
    imagesPerSecond = next.imagesPerSecond() > 0 ? next.imagesPerSecond() : imagesPerSecond;
    reached(next.live());
    if (next.lastEpoch() != null) {
      reached(next.lastEpoch());
    }
  }

  /** Takes the curve of a segment that ended. */
  void update(RunMetrics ended) {
    ended.points().forEach(this::reached);
  }

  void update(TrainingProgress report) {
    reached(report.point());
    totalSteps = report.totalSteps();
    trainer = report.trainer();
    imagesPerSecond = report.imagesPerSecond();
  }

  /**
   * Takes note of an epoch that ended.
   *
   * @return whether it is newer than those known
   */
  boolean reached(EpochMetrics ended) {
    if (epoch != null && epoch.epoch() >= ended.epoch()) {
      return false;
    }
    epoch = ended;
    return true;
  }

  private void reached(@Nullable MetricPoint next) {
    if (next != null && (point == null || next.step() >= point.step())) {
      point = next;
    }
  }

  RunView run() {
    return run;
  }

  /** Of the training steps, in [0, 1]. */
  double share() {
    Long total = totalSteps;
    return total == null || total == 0 ? 0 : (double) step() / total;
  }

  private long step() {
    return Math.max(run.step(), point == null ? 0 : point.step());
  }

  Optional<MetricPoint> point() {
    return Optional.ofNullable(point);
  }

  Optional<EpochMetrics> epoch() {
    return Optional.ofNullable(epoch);
  }

  Optional<String> trainer() {
    return Optional.ofNullable(trainer);
  }

  double imagesPerSecond() {
    return imagesPerSecond;
  }

  /** Until its training ends, at the pace of the last report. */
  Optional<Duration> timeLeft() {
    Long total = totalSteps;
    if (total == null || imagesPerSecond <= 0) {
      return Optional.empty();
    }
    double images = (double) (total - step()) * run.spec().training().batchSize();
    return Optional.of(Duration.ofSeconds(Math.round(images / imagesPerSecond)));
  }
}
