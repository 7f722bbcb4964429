package io.tencrop.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.vision.training.CurvePoint;
import io.tencrop.vision.training.EpochSummary;
import io.tencrop.vision.training.ParameterNorm;
import io.tencrop.vision.training.Snapshot;
import io.tencrop.vision.training.StepOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A run whose steps take a second of a clock that only they move. */
final class FakeRun implements RunInTraining {
  static final int STEPS_PER_EPOCH = 10;
  static final int BATCH = 4;

  private final FakeClock clock;
  private final List<Double> validationAccuracies;
  private long step;
  boolean closed;
  Runnable beforeStep = () -> {};

  /** After which epoch it stops early. */
  int stopAfter = Integer.MAX_VALUE;

  /** Nanoseconds. */
  static final class FakeClock {
    private long now;

    long read() {
      return now;
    }

    void tick() {
      now += 1_000_000_000L;
    }
  }

  /**
   * @param validationAccuracies of the epochs: as many as there are
   */
  FakeRun(FakeClock clock, long step, Double... validationAccuracies) {
    this.clock = clock;
    this.step = step;
    this.validationAccuracies = List.of(validationAccuracies);
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public long totalSteps() {
    return (long) STEPS_PER_EPOCH * validationAccuracies.size();
  }

  @Override
  public boolean finished() {
    return step >= totalSteps() || epoch() >= stopAfter;
  }

  @Override
  public int epoch() {
    return (int) (step / STEPS_PER_EPOCH);
  }

  @Override
  public StepOutcome advance() {
    beforeStep.run();
    clock.tick();
    step++;
    double epochs = (double) step / STEPS_PER_EPOCH;
    CurvePoint point = step % 5 == 0 ? new CurvePoint(step, epochs, 1.0 / step, 0.5) : null;
    EpochSummary summary =
        step % STEPS_PER_EPOCH == 0
            ? new EpochSummary(
                epoch(),
                step,
                1.0 / step,
                0.5,
                1.0 / step,
                validationAccuracies.get(epoch() - 1),
                List.of(new ParameterNorm("fc.weight", 0.5f, 2)))
            : null;
    return new StepOutcome(step, epochs, BATCH, 1.0 / step, 0.5, point, summary);
  }

  @Override
  public long dataWaitNanos() {
    return step * 1000;
  }

  @Override
  public Snapshot snapshot() {
    long taken = step;
    return new Snapshot() {
      @Override
      public long step() {
        return taken;
      }

      @Override
      public void writeWeights(OutputStream out) throws IOException {
        out.write(("weights " + taken).getBytes(UTF_8));
      }

      @Override
      public void writeOptimizerState(OutputStream out) throws IOException {
        out.write(("optimizer " + taken).getBytes(UTF_8));
      }
    };
  }

  @Override
  public String engine() {
    return "fake";
  }

  @Override
  public List<String> engines() {
    return List.of("earlier", "fake");
  }

  @Override
  public void close() {
    closed = true;
  }
}
