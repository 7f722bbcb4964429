package io.tencrop.evaluator.prediction;

import io.tencrop.contracts.api.PredictionsView.Latency;

/** Tells where the time of a request for predictions went. */
final class Stopwatch {
  private static final double NANOS_PER_MILLISECOND = 1e6;

  /** What time is spent on. */
  enum On {
    QUEUE,
    IMAGES,
    LOAD,
    NETWORK,
    OTHER
  }

  private final double[] milliseconds = new double[On.values().length];
  private final long arrived;
  private long last;

  /**
   * @param arrived the request, by {@link System#nanoTime}
   */
  Stopwatch(long arrived) {
    this.arrived = arrived;
    this.last = arrived;
  }

  /** The time since this was called last, at first since the request arrived, was spent on it. */
  void spent(On on) {
    long now = System.nanoTime();
    milliseconds[on.ordinal()] += (now - last) / NANOS_PER_MILLISECOND;
    last = now;
  }

  Latency latency() {
    return new Latency(
        of(On.QUEUE),
        of(On.IMAGES),
        of(On.LOAD),
        of(On.NETWORK),
        (System.nanoTime() - arrived) / NANOS_PER_MILLISECOND);
  }

  private double of(On on) {
    return milliseconds[on.ordinal()];
  }
}
