package io.tencrop.evaluator.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.tencrop.contracts.api.Cost.Latency;
import io.tencrop.contracts.api.Cost.Throughput;
import org.junit.jupiter.api.Test;

class CallTimerTest {
  private long now;
  private int calls;

  private final CallTimer timer = new CallTimer(() -> now);

  /** Call {@code n}, from 0, takes {@code first + n * more} milliseconds. */
  private Runnable call(double first, double more) {
    return () -> now += Math.round(1e6 * (first + more * calls++));
  }

  @Test
  void quickCallsAreTimedManyTimesAfterWarmingUp() throws InterruptedException {
    Latency latency = timer.latency(call(0, 0.001));

    // After 20 calls the timed ones take 0.020 to 0.519 ms.
    assertThat(latency.calls()).isEqualTo(500);
    assertThat(latency.p50Ms()).isEqualTo(0.2695, offset(1e-9));
    assertThat(latency.p99Ms()).isEqualTo(0.020 + 0.99 * 0.499, offset(1e-9));
  }

  @Test
  void slowCallsAreBoundedInTime() throws InterruptedException {
    assertThat(timer.latency(call(100, 0))).isEqualTo(new Latency(100, 100, 8));
    assertThat(calls).isEqualTo(2 + 8);
    assertThat(timer.latency(call(5000, 0))).isEqualTo(new Latency(5000, 5000, 3));
  }

  @Test
  void throughputIsThatOfAllTimedCalls() throws InterruptedException {
    assertThat(timer.throughput(call(100, 0), 32)).isEqualTo(new Throughput(320, 32, 8));
    assertThat(timer.throughput(call(4000, 0), 32)).isEqualTo(new Throughput(8, 32, 1));
  }

  @Test
  void anInterruptStopsIt() {
    assertThatThrownBy(
            () ->
                timer.latency(
                    () -> {
                      now += 1_000_000;
                      Thread.currentThread().interrupt();
                    }))
        .isInstanceOf(InterruptedException.class);
  }
}
