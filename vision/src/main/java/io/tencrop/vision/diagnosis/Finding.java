package io.tencrop.vision.diagnosis;

/**
 * Something that holds of a run.
 *
 * @param sentence that says it with its evidence; for a person
 */
public record Finding(Kind kind, String sentence) {
  /** What can be the matter, the most serious first. */
  public enum Kind {
    NEVER_STARTED,
    COLLAPSED,
    LOSS_FALLS_ALONE,
    MEMORIZES,
    OVERFITS,
    CONFIDENTLY_WRONG,
    CLASSES_INTERMIXED,
    VANISHING_GRADIENT,
    FEW_IMAGES_CARRY_THE_LOSS,
    STILL_IMPROVING,
    LEARNS
  }
}
