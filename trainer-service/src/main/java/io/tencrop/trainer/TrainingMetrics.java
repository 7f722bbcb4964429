package io.tencrop.trainer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * What the service measures of itself: {@code tencrop.training.segments} by outcome, {@code
 * tencrop.training.images} (its rate is the speed), {@code tencrop.training.step} and {@code
 * tencrop.training.data.wait}, whose sum divided by that of the steps is the share of time in which
 * training waits for its data.
 */
final class TrainingMetrics {
  private final MeterRegistry registry;
  private final Counter images;
  private final Timer step;
  private final Timer dataWait;

  /** How a segment ended. */
  enum Outcome {
    COMPLETED,
    FAILED,
    CANCELLED,
    LEFT_OFF
  }

  TrainingMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.images =
        Counter.builder("tencrop.training.images")
            .description("Images trained on")
            .register(registry);
    this.step =
        Timer.builder("tencrop.training.step")
            .description("Optimizer steps; the last of an epoch includes validation")
            .register(registry);
    this.dataWait =
        Timer.builder("tencrop.training.data.wait")
            .description("What of the steps' time went by until their batches had been read")
            .register(registry);
  }

  void ended(Outcome outcome) {
    Counter.builder("tencrop.training.segments")
        .description("Segments by how they ended")
        .tag("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT))
        .register(registry)
        .increment();
  }

  void trained(int images) {
    this.images.increment(images);
  }

  /**
   * A step.
   *
   * @param waited of its time, until its batch had been read
   */
  void stepped(long nanos, long waited) {
    step.record(nanos, TimeUnit.NANOSECONDS);
    dataWait.record(waited, TimeUnit.NANOSECONDS);
  }
}
