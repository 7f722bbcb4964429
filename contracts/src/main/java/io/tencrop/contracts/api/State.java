package io.tencrop.contracts.api;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an experiment or a run is in its life.
 *
 * <pre>
 *   QUEUED --> PREPARING --> RUNNING --> EVALUATING --> COMPLETED
 *      any of the first four --> FAILED | CANCELLED
 * </pre>
 *
 * A run goes from QUEUED to RUNNING without preparing.
 */
public enum State {
  QUEUED,
  PREPARING,
  RUNNING,
  EVALUATING,
  COMPLETED,
  FAILED,
  CANCELLED;

  /** Nothing more happens to it. */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /** Whether it may become {@code next} from here. */
  public boolean canBecome(State next) {
    return successors().contains(next);
  }

  private Set<State> successors() {
    return switch (this) {
      case QUEUED -> EnumSet.of(PREPARING, RUNNING, FAILED, CANCELLED);
      case PREPARING -> EnumSet.of(RUNNING, FAILED, CANCELLED);
      case RUNNING -> EnumSet.of(EVALUATING, FAILED, CANCELLED);
      case EVALUATING -> EnumSet.of(COMPLETED, FAILED, CANCELLED);
      case COMPLETED, FAILED, CANCELLED -> EnumSet.noneOf(State.class);
    };
  }
}
