package io.tencrop.vision.training;

import io.tencrop.vision.recipe.EarlyStopping;
import java.util.Map;

/** Whether validation still improves, see {@link EarlyStopping}. */
final class Improvement {
  private static final String BEST = "stopping.best";
  private static final String EPOCHS = "stopping.epochs";

  private final EarlyStopping rule;
  private double best;
  private int epochsWithout;

  private Improvement(EarlyStopping rule, double best, int epochsWithout) {
    this.rule = rule;
    this.best = best;
    this.epochsWithout = epochsWithout;
  }

  /** What {@link #save} put there, or the beginning. */
  static Improvement restore(EarlyStopping rule, Map<String, String> state) {
    return new Improvement(
        rule,
        Double.parseDouble(state.getOrDefault(BEST, "NaN")),
        Integer.parseInt(state.getOrDefault(EPOCHS, "0")));
  }

  void save(Map<String, String> state) {
    state.put(BEST, Double.toString(best));
    state.put(EPOCHS, Integer.toString(epochsWithout));
  }

  void epoch(double validationLoss, double validationAccuracy) {
    double gain;
    double value;
    if (rule.monitor() == EarlyStopping.Monitor.VALIDATION_LOSS) {
      value = validationLoss;
      gain = best - value;
    } else {
      value = validationAccuracy;
      gain = value - best;
    }
    if (Double.isNaN(best) || gain > rule.minDelta()) {
      best = value;
      epochsWithout = 0;
    } else {
      epochsWithout++;
    }
  }

  boolean exhausted() {
    return epochsWithout >= rule.patience();
  }
}
