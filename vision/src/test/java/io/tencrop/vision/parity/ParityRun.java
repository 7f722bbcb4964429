package io.tencrop.vision.parity;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import io.tencrop.vision.data.RandomTeacher;
import io.tencrop.vision.data.SoftTargets;
import io.tencrop.vision.engine.Inference;
import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.parity.ParityPlan.Case;
import io.tencrop.vision.parity.ParityPlan.Training;
import io.tencrop.vision.recipe.BatchMix;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.training.TrainingImages;
import io.tencrop.vision.training.TrainingSession;
import io.tencrop.vision.training.TrainingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** This side of a case: 20 steps, in 4 epochs of 5. */
final class ParityRun {
  static final int STEPS = 20;
  static final int BATCHES = 5;
  static final int TEST_IMAGES = 8;
  static final long SEED = 11;
  private static final int THREADS = 1;
  private static final InputTransform INPUT =
      new InputTransform(null, false, List.of(0.5), List.of(0.25));

  private final Case parityCase;
  private final Architecture architecture;

  ParityRun(Case parityCase) throws ArchitectureException {
    this.parityCase = parityCase;
    Map<String, String> options = parityCase.options();
    this.architecture =
        Architectures.parse(parityCase.architecture(), options == null ? Map.of() : options);
  }

  ArrayImages trainingImages() {
    return images(BATCHES * parityCase.batch(), 1);
  }

  ArrayImages testImages() {
    return images(TEST_IMAGES, 2);
  }

  /** What a teacher would answer for the training images. */
  SoftTargets teacher() {
    return RandomTeacher.of(trainingImages(), parityCase.classes(), 1, SEED);
  }

  private TrainingImages images(Training training) {
    return new TrainingImages(
        trainingImages(), images(0, 0), training.distillation() == null ? null : teacher());
  }

  /** Of an image's own label in each step's mixture; empty where nothing is mixed. */
  double[] shares(Training training) {
    Double alpha = training.mixup();
    double[] shares = new double[alpha == null ? 0 : STEPS];
    for (int step = 0; step < shares.length; step++) {
      RandomStream random = RandomStream.of(SEED, Purpose.MIX, step + 1L);
      if (random.nextInt(1) != 0) {
        throw new IllegalStateException("one mixture of one was not the first");
      }
      shares[step] =
          new BatchMix.MixUp(alpha).draw(random, parityCase.side(), parityCase.side()).lambda();
    }
    return shares;
  }

  private ArrayImages images(int count, long seed) {
    return ArrayImages.squares(
        count, parityCase.classes(), parityCase.channels(), parityCase.side(), seed);
  }

  /** Writes the weights that every training begins with. */
  void writeInitial(Training training, Path initial) throws IOException, ArchitectureException {
    try (TrainingSession session = TrainingSession.start(settings(training), images(training))) {
      write(session, initial);
    }
  }

  /** Trains from weights, writes those after it, and gives each step's loss. */
  double[] train(Training training, Path initial, Path trained)
      throws IOException, ArchitectureException {
    double[] losses = new double[STEPS];
    try (TrainingSession session =
        TrainingSession.start(settings(training), images(training), initial)) {
      for (int step = 0; step < STEPS; step++) {
        losses[step] = session.advance().loss();
      }
      write(session, trained);
    }
    return losses;
  }

  private static void write(TrainingSession session, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      session.snapshot().writeWeights(out);
    }
  }

  private TrainingSettings settings(Training training) {
    return new TrainingSettings(
        architecture,
        training.loss(),
        training.settings(),
        training.options(),
        parityCase.batch(),
        STEPS / BATCHES,
        SEED,
        THREADS,
        INPUT,
        parityCase.classes());
  }

  /** {@code [TEST_IMAGES, outputs]}. */
  float[] logits(Loss loss, Path weights) throws IOException, ArchitectureException {
    int side = parityCase.side();
    try (Inference inference =
        Inference.load(
            architecture,
            INPUT,
            parityCase.classes(),
            loss,
            parityCase.channels(),
            side,
            side,
            THREADS,
            weights)) {
      return inference.logits(testImages(), 0, TEST_IMAGES, List.of(Crop.whole(side, side)));
    }
  }
}
