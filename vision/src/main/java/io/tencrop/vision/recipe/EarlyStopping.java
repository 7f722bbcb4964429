package io.tencrop.vision.recipe;

/**
 * Ends a run when validation has not improved for some epochs.
 *
 * @param patience epochs without improvement that end it
 * @param minDelta what counts as an improvement
 */
public record EarlyStopping(int patience, double minDelta, Monitor monitor) {
  /** What is watched. */
  public enum Monitor {
    /** Lower is better. */
    VALIDATION_LOSS,
    /** Higher is better. */
    VALIDATION_ACCURACY
  }

  public EarlyStopping {
    if (patience < 1 || !(minDelta >= 0)) {
      throw new IllegalArgumentException(
          "patience is %d and minDelta %s; they must be at least 1 and 0"
              .formatted(patience, minDelta));
    }
  }
}
