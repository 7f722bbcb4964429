package io.tencrop.vision.training;

import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.SoftTargets;
import org.jspecify.annotations.Nullable;

/**
 * What a run learns from.
 *
 * @param validation may be empty
 * @param teacher what a teacher answers for the training images; absent: there is none
 */
public record TrainingImages(ImageSet train, ImageSet validation, @Nullable SoftTargets teacher) {

  /** Images with nothing but their labels. */
  public TrainingImages(ImageSet train, ImageSet validation) {
    this(train, validation, null);
  }

  /**
   * Sees that a run can learn from them.
   *
   * @throws IllegalArgumentException unless there are images, and there is a teacher exactly where
   *     the settings want one, who answers for these classes and all of these images
   */
  public void check(TrainingSettings settings) {
    if (train.size() == 0) {
      throw new IllegalArgumentException("there are no images to train on");
    }
    boolean wanted = settings.options().distillation() != null;
    if (teacher == null) {
      if (wanted) {
        throw new IllegalArgumentException("the answers of the teacher are missing");
      }
      return;
    }
    if (!wanted) {
      throw new IllegalArgumentException("a teacher answers for a run that does not learn from it");
    }
    if (teacher.classes() != settings.classes()) {
      throw new IllegalArgumentException(
          "the teacher tells %d classes apart, the run %d"
              .formatted(teacher.classes(), settings.classes()));
    }
    for (int i = 0; i < train.size(); i++) {
      if (!teacher.has(train.id(i))) {
        throw new IllegalArgumentException("the teacher has no answer to image " + train.id(i));
      }
    }
  }
}
