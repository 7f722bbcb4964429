package io.tencrop.trainer;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectCorruptException;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.SoftTargets;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.training.TrainingImages;
import io.tencrop.vision.training.TrainingSettings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What teachers answer, as it lies in the object store, through the local cache. */
final class TeacherFiles {
  private final ObjectStore store;
  private final FileCache cache;

  TeacherFiles(ObjectStore store, FileCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /**
   * The images with what the run's teacher answers, if it has one.
   *
   * @throws PermanentFailureException when its answers are missing, or are not to these images
   */
  TrainingImages taught(RunSpec run, TrainingSettings settings, ImageSet train, ImageSet validation)
      throws IOException {
    TeacherSpec teacher = run.training().teacher();
    if (teacher == null) {
      return new TrainingImages(train, validation);
    }
    try {
      TrainingImages images = new TrainingImages(train, validation, answers(teacher));
      images.check(settings);
      return images;
    } catch (ObjectMissingException
        | ObjectCorruptException
        | SafetensorsFormatException
        | IllegalArgumentException e) {
      throw new PermanentFailureException(
          FailureCode.TEACHER_INVALID,
          "Run %s cannot learn from '%s' of experiment %s: %s. Submit the experiment again, so that the teacher is asked anew."
              .formatted(run.name(), teacher.ensemble(), teacher.experiment(), e.getMessage()),
          e);
    }
  }

  private @Nullable SoftTargets answers(TeacherSpec teacher) throws IOException {
    String sha256 = teacher.answers();
    if (sha256 == null) {
      return null;
    }
    try (FileCache.Lease file =
        cache.acquire(store, Buckets.LOGITS, Buckets.teacher(sha256), sha256)) {
      return SoftTargets.read(file.path());
    }
  }
}
