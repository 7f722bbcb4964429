package io.tencrop.evaluator.cost;

import io.tencrop.contracts.api.Cost.Latency;
import io.tencrop.contracts.api.Cost.Throughput;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Times calls: some to warm up, then as many as fit into a time. Bounded, so that a large network
 * is timed by few calls and a small one by many.
 */
final class CallTimer {
  /** Images of a call that throughput is measured by, where there are so many. */
  static final int BATCH = 32;

  private static final int WARM_UP_CALLS = 20;
  private static final int CALLS = 500;
  private static final int FEWEST_CALLS = 3;
  private static final long WARM_UP_NANOS = 200_000_000;
  private static final long NANOS = 800_000_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier clock;

  /**
   * @param clock in nanoseconds, from any beginning
   */
  CallTimer(LongSupplier clock) {
    this.clock = clock;
  }

  /** Percentiles as NumPy's {@code percentile} has them, between the calls next to them. */
  Latency latency(Runnable call) throws InterruptedException {
    double[] nanos = time(call, WARM_UP_CALLS, FEWEST_CALLS);
    double[] percentiles =
        Quantile.withDefaults()
            .with(Quantile.EstimationMethod.HF7)
            .evaluate(nanos, new double[] {0.5, 0.99});
    return new Latency(
        percentiles[0] / NANOS_PER_MILLI, percentiles[1] / NANOS_PER_MILLI, nanos.length);
  }

  /**
   * Over all calls together.
   *
   * @param batch images that each answers for
   */
  Throughput throughput(Runnable call, int batch) throws InterruptedException {
    double[] nanos = time(call, 1, 1);
    double seconds = Arrays.stream(nanos).sum() / NANOS_PER_SECOND;
    return new Throughput(batch * nanos.length / seconds, batch, nanos.length);
  }

  private double[] time(Runnable call, int warmUpCalls, int fewest) throws InterruptedException {
    repeat(call, 1, warmUpCalls, WARM_UP_NANOS);
    return repeat(call, fewest, CALLS, NANOS);
  }

  private double[] repeat(Runnable call, int fewest, int most, long nanos)
      throws InterruptedException {
    double[] each = new double[most];
    long begin = clock.getAsLong();
    int calls = 0;
    for (long last = begin; calls < most && (calls < fewest || last - begin < nanos); calls++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while measuring what a network costs");
      }
      call.run();
      long now = clock.getAsLong();
      each[calls] = now - last;
      last = now;
    }
    return Arrays.copyOf(each, calls);
  }
}
