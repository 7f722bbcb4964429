package io.tencrop.vision.training;

import io.tencrop.vision.recipe.EarlyStopping;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loss and accuracy of a run as it goes on, and whether validation still improves. */
final class LearningCurve {
  private static final int POINTS_PER_EPOCH = 50;

  private final int stepsPerEpoch;
  private final Tally sincePoint;
  private final Tally sinceEpoch;
  private final @Nullable Improvement improvement;

  private LearningCurve(
      int stepsPerEpoch, Tally sincePoint, Tally sinceEpoch, @Nullable Improvement improvement) {
    this.stepsPerEpoch = stepsPerEpoch;
    this.sincePoint = sincePoint;
    this.sinceEpoch = sinceEpoch;
    this.improvement = improvement;
  }

  /**
   * What {@link #save} put there, or the beginning.
   *
   * @param stopping absent when the run goes on whether it improves or not
   */
  static LearningCurve restore(
      int stepsPerEpoch, @Nullable EarlyStopping stopping, Map<String, String> values) {
    return new LearningCurve(
        stepsPerEpoch,
        Tally.restore("point", values),
        Tally.restore("epoch", values),
        stopping == null ? null : Improvement.restore(stopping, values));
  }

  void save(Map<String, String> values) {
    sincePoint.save("point", values);
    sinceEpoch.save("epoch", values);
    if (improvement != null) {
      improvement.save(values);
    }
  }

  /** What a step measured over its batch. */
  void add(double meanLoss, double right, int images) {
    sincePoint.add(meanLoss, right, images);
    sinceEpoch.add(meanLoss, right, images);
  }

  /** The point that the curve has after a step, if it has one there. */
  @Nullable CurvePoint takePoint(long step) {
    int interval = Math.max(1, stepsPerEpoch / POINTS_PER_EPOCH);
    int withinEpoch = (int) ((step - 1) % stepsPerEpoch) + 1;
    if (withinEpoch % interval != 0 && withinEpoch != stepsPerEpoch) {
      return null;
    }
    CurvePoint point =
        new CurvePoint(
            step, (double) step / stepsPerEpoch, sincePoint.meanLoss(), sincePoint.accuracy());
    sincePoint.clear();
    return point;
  }

  /** Concludes the epoch that a step ended. */
  EpochSummary takeEpoch(long step, Tally validated, List<ParameterNorm> norms) {
    EpochSummary summary =
        new EpochSummary(
            (int) (step / stepsPerEpoch),
            step,
            sinceEpoch.meanLoss(),
            sinceEpoch.accuracy(),
            validated.meanLoss(),
            validated.accuracy(),
            norms);
    sinceEpoch.clear();
    if (improvement != null) {
      improvement.epoch(summary.validationLoss(), summary.validationAccuracy());
    }
    return summary;
  }

  /** Whether validation has not improved for as many epochs as {@link EarlyStopping} allows. */
  boolean exhausted() {
    return improvement != null && improvement.exhausted();
  }
}
