package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.RandomTeacher;
import io.tencrop.vision.data.SoftTargets;
import io.tencrop.vision.engine.Inference;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.Distillation;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.TrainingOptions;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistillationTest {
  private static final int CLASSES = 3;
  private static final InputTransform INPUT =
      new InputTransform(null, false, List.of(0.3), List.of(0.3));

  @TempDir Path directory;

  private final ArrayImages images = ArrayImages.squares(60, CLASSES, 1, 16, 1);

  private static TrainingSettings settings(TrainingOptions options) throws Exception {
    return new TrainingSettings(
        Architectures.create("logistic", Map.of()),
        Loss.CROSS_ENTROPY,
        new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0),
        options,
        20,
        40,
        1,
        1,
        INPUT,
        CLASSES);
  }

  private static TrainingOptions taught(double weight) {
    return TrainingOptions.DEFAULTS.withDistillation(new Distillation(2, weight));
  }

  /** The teacher says class 0 is class 1 and so on, so a student cannot have it from the labels. */
  @Test
  void aStudentLearnsWhatTheTeacherSaysByItsWeight() throws Exception {
    assertThat(shareLikeTheTeacher(1)).isGreaterThan(0.9);
    assertThat(shareLikeTheTeacher(0.01)).isLessThan(0.1);
  }

  private double shareLikeTheTeacher(double weight) throws Exception {
    float[] answers = new float[images.size() * CLASSES];
    long[] ids = new long[images.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = images.id(i);
      Arrays.fill(answers, i * CLASSES, (i + 1) * CLASSES, 0.05f);
      answers[i * CLASSES + taughtClass(i)] = 0.9f;
    }
    SoftTargets teacher = new SoftTargets(CLASSES, List.of(answers), ids);
    TrainingSettings settings = settings(taught(weight));
    Path weights = directory.resolve("weights");
    try (TrainingSession session =
        TrainingSession.start(settings, new TrainingImages(images, images, teacher))) {
      while (!session.finished()) {
        session.advance();
      }
      try (OutputStream out = Files.newOutputStream(weights)) {
        session.snapshot().writeWeights(out);
      }
    }
    int alike = 0;
    try (Inference network =
        Inference.load(
            settings.architecture(), INPUT, CLASSES, settings.loss(), 1, 16, 16, 1, weights)) {
      float[] logits = network.logits(images, 0, images.size(), List.of(Crop.whole(16, 16)));
      for (int i = 0; i < images.size(); i++) {
        int best = 0;
        for (int c = 1; c < CLASSES; c++) {
          best = logits[i * CLASSES + c] > logits[i * CLASSES + best] ? c : best;
        }
        alike += best == taughtClass(i) ? 1 : 0;
      }
    }
    return (double) alike / images.size();
  }

  private int taughtClass(int image) {
    return (images.label(image) + 1) % CLASSES;
  }

  @Test
  void aTeacherMustAnswerForTheseImagesAndClasses() throws Exception {
    SoftTargets teacher = RandomTeacher.of(images, CLASSES, 1, 1);
    SoftTargets ofFour = RandomTeacher.of(images, 4, 1, 1);
    ArrayImages more = ArrayImages.squares(61, CLASSES, 1, 16, 1);
    TrainingSettings taught = settings(taught(0.9));
    TrainingSettings plain = settings(TrainingOptions.DEFAULTS);
    assertThatThrownBy(() -> TrainingSession.start(taught, images, images))
        .hasMessageContaining("the answers of the teacher are missing");
    assertThatThrownBy(
            () -> TrainingSession.start(plain, new TrainingImages(images, images, teacher)))
        .hasMessageContaining("does not learn from it");
    assertThatThrownBy(
            () -> TrainingSession.start(taught, new TrainingImages(images, images, ofFour)))
        .hasMessageContaining("the teacher tells 4 classes apart, the run 3");
    assertThatThrownBy(
            () -> TrainingSession.start(taught, new TrainingImages(more, images, teacher)))
        .hasMessageContaining("no answer to image 60");
  }

  @Test
  void temperatureAndWeightAreInTheirRange() {
    assertThatThrownBy(() -> new Distillation(0, 0.5)).hasMessageContaining("temperature is 0.0");
    assertThatThrownBy(() -> new Distillation(4, 0)).hasMessageContaining("weight is 0.0");
    assertThatThrownBy(() -> new Distillation(4, 1.5)).hasMessageContaining("weight is 1.5");
  }
}
