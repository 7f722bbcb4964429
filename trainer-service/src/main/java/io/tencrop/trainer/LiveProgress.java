package io.tencrop.trainer;

import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingProgress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells the newest point of the curve about once a second, with the speed since the last time. */
final class LiveProgress {
  private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

  private final TrainSegment segment;
  private final long totalSteps;
  private final String trainer;
  private final TrainingEvents events;
  private final LongSupplier nanoTime;
  private long told;
  private long images;

  LiveProgress(
      TrainSegment segment,
      long totalSteps,
      String trainer,
      TrainingEvents events,
      LongSupplier nanoTime) {
    this.segment = segment;
    this.totalSteps = totalSteps;
    this.trainer = trainer;
    this.events = events;
    this.nanoTime = nanoTime;
    this.told = nanoTime.getAsLong();
  }

  /** Counts images for the speed. */
  void trained(int images) {
    this.images += images;
  }

  /** The curve has a new point. */
  void reached(MetricPoint point) {
    long now = nanoTime.getAsLong();
    if (now - told < INTERVAL) {
      return;
    }
    double imagesPerSecond = images / ((now - told) / 1e9);
    told = now;
    images = 0;
    events.report(
        new TrainingProgress(
            segment.experimentId(), segment.runId(), point, totalSteps, imagesPerSecond, trainer));
  }
}
