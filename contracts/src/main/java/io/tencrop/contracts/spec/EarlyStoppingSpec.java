package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run before its last epoch when validation gets no better.
 *
 * @param patience epochs without improvement after which the run ends
 * @param minDelta a smaller change is no improvement
 */
public record EarlyStoppingSpec(int patience, double minDelta, Monitor monitor) {
  /** With the defaults for what is absent. */
  @JsonCreator
  public static EarlyStoppingSpec of(
      @JsonProperty("patience") int patience,
      @JsonProperty("minDelta") @Nullable Double minDelta,
      @JsonProperty("monitor") @Nullable Monitor monitor) {
    return new EarlyStoppingSpec(
        patience,
        minDelta == null ? 0 : minDelta,
        monitor == null ? Monitor.VALIDATION_LOSS : monitor);
  }

  /** What is looked at. */
  public enum Monitor {
    /** Lower is better. */
    @JsonProperty("validationLoss")
    VALIDATION_LOSS,
    /** Higher is better. */
    @JsonProperty("validationAccuracy")
    VALIDATION_ACCURACY
  }
}
