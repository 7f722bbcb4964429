package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.augment.Cutout;
import io.tencrop.vision.augment.HorizontalFlip;
import io.tencrop.vision.augment.PaddingMode;
import io.tencrop.vision.augment.RandomCrop;
import io.tencrop.vision.augment.RandomErasing;
import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.RandomTeacher;
import io.tencrop.vision.engine.Inference;
import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.BatchMix;
import io.tencrop.vision.recipe.Distillation;
import io.tencrop.vision.recipe.EarlyStopping;
import io.tencrop.vision.recipe.Ema;
import io.tencrop.vision.recipe.FineTuning;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.MemoryFormat;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.Precision;
import io.tencrop.vision.recipe.Schedule;
import io.tencrop.vision.recipe.TrainingOptions;
import io.tencrop.vision.safetensors.SafetensorsFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingSessionTest {
  private static final Optimizer ADAM = new Optimizer.Adam(0.002, 0.9, 0.999, 1e-8, 0);
  private static final InputTransform GREY =
      new InputTransform(32, true, List.of(0.3), List.of(0.3));

  private static final TrainingOptions EVERYTHING =
      TrainingOptions.DEFAULTS
          .withSchedule(new Schedule.OneCycle(0.3, 25, 1e4, Schedule.Anneal.COSINE))
          .withoutDecayOfNormAndBias()
          .withGradientClipNorm(0.5)
          .withEma(new Ema(0.9))
          .withEarlyStopping(new EarlyStopping(5, 0.01, EarlyStopping.Monitor.VALIDATION_ACCURACY))
          .withPrecision(Precision.BFLOAT16)
          .withFineTuning(new FineTuning(List.of("conv1.*"), 0.5))
          .withMix(List.of(new BatchMix.MixUp(0.3), new BatchMix.CutMix(1)));

  @TempDir Path directory;

  private static Architecture architecture(String name) throws ArchitectureException {
    return Architectures.create(name, Map.of());
  }

  private static TrainingSettings settings(
      String name, Loss loss, Optimizer optimizer, InputTransform input, int classes)
      throws ArchitectureException {
    return new TrainingSettings(architecture(name), loss, optimizer, 16, 3, 7, 1, input, classes);
  }

  static Stream<Arguments> combinations() throws ArchitectureException {
    InputTransform color =
        new InputTransform(32, true, List.of(0.4, 0.5, 0.6), List.of(0.2, 0.3, 0.4));
    InputTransform whole = new InputTransform(null, false, List.of(), List.of());
    InputTransform augmented =
        color.withAugment(
            List.of(
                new RandomCrop(32, 4, PaddingMode.REFLECT),
                new HorizontalFlip(0.5),
                new RandomErasing(0.5, 0.02, 0.33, 0.3, 3.3, color.levels(0)),
                new Cutout(8, color.levels(0))));
    Loss ce = Loss.CROSS_ENTROPY;
    Loss smooth = new Loss(Loss.Kind.CROSS_ENTROPY, 0.1);
    Loss bce = Loss.BINARY_CROSS_ENTROPY;
    Optimizer sgd = new Optimizer.Sgd(0.05, 0, 0, false, 0);
    Optimizer nesterov = new Optimizer.Sgd(0.02, 0.9, 0, true, 1e-3);
    Optimizer dampened = new Optimizer.Sgd(0.02, 0.9, 0.1, false, 0);
    Optimizer adamW = new Optimizer.AdamW(0.002, 0.9, 0.99, 1e-6, 0.05);
    return Stream.of(
        Arguments.of(settings("lenet5", ce, ADAM, GREY, 4), 1),
        Arguments.of(settings("lenet5", ce, nesterov, color, 4), 3),
        Arguments.of(settings("shallow", bce, adamW, GREY, 2), 1),
        Arguments.of(settings("shallow", ce, dampened, whole, 3), 3),
        Arguments.of(settings("logistic", bce, sgd, whole, 2), 1),
        Arguments.of(settings("lenet5", ce, ADAM, augmented, 4), 3),
        Arguments.of(with(settings("lenet5", smooth, nesterov, color, 4), EVERYTHING), 3),
        Arguments.of(
            with(
                settings("lenet5", ce, adamW, GREY, 4),
                EVERYTHING.withMemoryFormat(MemoryFormat.CONTIGUOUS)),
            1),
        Arguments.of(
            with(
                settings("lenet5", smooth, nesterov, color, 4),
                EVERYTHING.withDistillation(new Distillation(3, 0.7))),
            3),
        Arguments.of(
            with(
                settings("shallow", bce, adamW, GREY, 2),
                TrainingOptions.DEFAULTS.withDistillation(new Distillation(4, 1))),
            1));
  }

  private static TrainingSettings with(TrainingSettings plain, TrainingOptions options) {
    return new TrainingSettings(
        plain.architecture(),
        plain.loss(),
        plain.optimizer(),
        options,
        plain.batchSize(),
        plain.epochs(),
        plain.seed(),
        plain.threads(),
        plain.input(),
        plain.classes());
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void resumesFromAnyStepWithTheSameBits(TrainingSettings settings, int channels) throws Exception {
    // 41 images in batches of 16: the last batch of an epoch is smaller. Three epochs of three
    // steps.
    ImageSet train = ArrayImages.squares(41, settings.classes(), channels, 36, 1);
    ImageSet validation = ArrayImages.squares(10, settings.classes(), channels, 36, 2);
    List<StepOutcome> unbroken = new ArrayList<>();
    List<byte[]> states = new ArrayList<>();
    try (TrainingSession session =
        TrainingSession.start(settings, images(settings, train, validation))) {
      save(session.snapshot(), "0");
      states.add(bytes(session.snapshot()));
      while (session.step() < session.totalSteps()) {
        unbroken.add(session.advance());
        save(session.snapshot(), Long.toString(session.step()));
        states.add(bytes(session.snapshot()));
      }
    }
    assertThat(unbroken).hasSize(9);
    for (int from = 0; from < 9; from++) {
      try (TrainingSession session = resume(settings, train, validation, Integer.toString(from))) {
        assertThat(session.step()).isEqualTo(from);
        assertThat(bytes(session.snapshot())).isEqualTo(states.get(from));
        for (int step = from; step < 9; step++) {
          assertThat(session.advance()).isEqualTo(unbroken.get(step));
          assertThat(bytes(session.snapshot())).isEqualTo(states.get(step + 1));
        }
      }
    }
  }

  /** With a teacher of two variants, which differ from epoch to epoch, where one is wanted. */
  private static TrainingImages images(
      TrainingSettings settings, ImageSet train, ImageSet validation) {
    return new TrainingImages(
        train,
        validation,
        settings.options().distillation() == null
            ? null
            : RandomTeacher.of(train, settings.classes(), 2, 3));
  }

  private TrainingSession resume(
      TrainingSettings settings, ImageSet train, ImageSet validation, String name)
      throws Exception {
    return TrainingSession.resume(
        settings,
        images(settings, train, validation),
        directory.resolve(name + ".w"),
        directory.resolve(name + ".o"));
  }

  private void save(Snapshot snapshot, String name) throws IOException {
    try (var out = Files.newOutputStream(directory.resolve(name + ".w"))) {
      snapshot.writeWeights(out);
    }
    try (var out = Files.newOutputStream(directory.resolve(name + ".o"))) {
      snapshot.writeOptimizerState(out);
    }
  }

  private static byte[] bytes(Snapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    snapshot.writeWeights(out);
    snapshot.writeOptimizerState(out);
    return out.toByteArray();
  }

  @Test
  void learnsAndReportsCurvesAndEpochs() throws Exception {
    ImageSet train = ArrayImages.squares(600, 4, 1, 36, 1);
    ImageSet validation = ArrayImages.squares(200, 4, 1, 36, 2);
    TrainingSettings settings = settings("lenet5", Loss.CROSS_ENTROPY, ADAM, GREY, 4);
    List<EpochSummary> epochs = new ArrayList<>();
    List<CurvePoint> points = new ArrayList<>();
    try (TrainingSession session = TrainingSession.start(settings, train, validation)) {
      assertThat(session.stepsPerEpoch()).isEqualTo(38);
      assertThat(session.totalSteps()).isEqualTo(114);
      while (session.step() < session.totalSteps()) {
        StepOutcome outcome = session.advance();
        if (outcome.point() != null) {
          points.add(outcome.point());
        }
        if (outcome.epochSummary() != null) {
          epochs.add(outcome.epochSummary());
        }
      }
      assertThatThrownBy(session::advance).isInstanceOf(IllegalStateException.class);
      save(session.snapshot(), "end");
    }
    assertThat(epochs).extracting(EpochSummary::step).containsExactly(38L, 76L, 114L);
    assertThat(epochs.get(2).validationAccuracy()).isGreaterThan(0.95);
    assertThat(epochs.get(2).trainLoss()).isLessThan(epochs.get(0).trainLoss() / 2);
    assertThat(points).hasSize(114);
    double mean = points.subList(0, 38).stream().mapToDouble(CurvePoint::loss).average().orElse(0);
    assertThat(epochs.get(0).trainLoss())
        .isCloseTo(mean, org.assertj.core.data.Offset.offset(0.02));

    // The saved weights answer as the session measured.
    try (Inference inference = inference(settings, directory.resolve("end.w"))) {
      float[] logits = inference.logits(validation, 0, 200, List.of(Crop.center(36, 36, 32)));
      assertThat(accuracy(logits, validation, 4)).isEqualTo(epochs.get(2).validationAccuracy());
      List<Crop> tenCrop = Crop.tenCrop(36, 36, 32);
      float[] views = inference.logits(validation, 50, 80, tenCrop);
      assertThat(views).hasSize(30 * 10 * 4);
      for (int i = 0; i < 30; i++) {
        for (int k = 0; k < 4; k++) {
          assertThat(views[(i * 10 + 4) * 4 + k])
              .isCloseTo(logits[(50 + i) * 4 + k], org.assertj.core.data.Offset.offset(1e-4f));
        }
      }
    }
  }

  private static Inference inference(TrainingSettings settings, Path weights) throws Exception {
    return Inference.load(
        settings.architecture(), settings.input(), 4, settings.loss(), 1, 36, 36, 1, weights);
  }

  private static double accuracy(float[] logits, ImageSet images, int classes) {
    int right = 0;
    for (int i = 0; i < images.size(); i++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        if (logits[i * classes + k] > logits[i * classes + best]) {
          best = k;
        }
      }
      if (best == images.label(i)) {
        right++;
      }
    }
    return right / (double) images.size();
  }

  @Test
  void augmentationMustKeepTheSizeThatTheNetworkSees() throws Exception {
    ImageSet train = ArrayImages.squares(16, 4, 1, 36, 1);
    InputTransform smaller = GREY.withAugment(List.of(new RandomCrop(28, 0, PaddingMode.CONSTANT)));
    TrainingSettings settings = settings("lenet5", Loss.CROSS_ENTROPY, ADAM, smaller, 4);
    assertThatThrownBy(() -> TrainingSession.start(settings, train, train))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("28 x 28")
        .hasMessageContaining("32 x 32");
  }

  @Test
  void otherSeedsGiveOtherWeights() throws Exception {
    ImageSet train = ArrayImages.squares(16, 4, 1, 36, 1);
    TrainingSettings one = settings("logistic", Loss.CROSS_ENTROPY, ADAM, GREY, 4);
    TrainingSettings other =
        new TrainingSettings(
            one.architecture(), one.loss(), one.optimizer(), 16, 3, 8, 1, one.input(), 4);
    try (TrainingSession a = TrainingSession.start(one, train, train)) {
      try (TrainingSession b = TrainingSession.start(other, train, train)) {
        assertThat(bytes(a.snapshot())).isNotEqualTo(bytes(b.snapshot()));
      }
    }
  }

  @Test
  void weightsHaveTorchvisionsNamesAndInitialRange() throws Exception {
    ImageSet train = ArrayImages.squares(16, 4, 1, 36, 1);
    TrainingSettings settings = settings("lenet5", Loss.CROSS_ENTROPY, ADAM, GREY, 4);
    try (TrainingSession session = TrainingSession.start(settings, train, train)) {
      save(session.snapshot(), "initial");
    }
    try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("initial.w"))) {
      assertThat(file.header().tensors().keySet())
          .containsExactly(
              "conv1.weight",
              "conv1.bias",
              "conv2.weight",
              "conv2.bias",
              "fc1.weight",
              "fc1.bias",
              "fc2.weight",
              "fc2.bias",
              "fc3.weight",
              "fc3.bias");
      float[] values = new float[120 * 400];
      file.data("fc1.weight").asFloatBuffer().get(values);
      double square = 0;
      for (float value : values) {
        assertThat(value).isBetween(-0.05f, 0.05f);
        square += value * value;
      }
      // Uniform in +-1/sqrt(400): variance bound^2 / 3.
      assertThat(square / values.length)
          .isCloseTo(0.05 * 0.05 / 3, org.assertj.core.data.Percentage.withPercentage(2));
    }
  }

  @Test
  void divergenceIsNamed() throws Exception {
    ImageSet train = ArrayImages.squares(64, 4, 1, 36, 1);
    TrainingSettings settings =
        settings("lenet5", Loss.CROSS_ENTROPY, new Optimizer.Sgd(1e6, 0.9, 0, false, 0), GREY, 4);
    try (TrainingSession session = TrainingSession.start(settings, train, train)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  session.advance();
                }
              })
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("learning rate");
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() throws Exception {
    ImageSet train = ArrayImages.squares(16, 4, 1, 36, 1);
    TrainingSettings lenet = settings("lenet5", Loss.CROSS_ENTROPY, ADAM, GREY, 4);
    TrainingSettings shallow = settings("shallow", Loss.CROSS_ENTROPY, ADAM, GREY, 4);
    try (TrainingSession session = TrainingSession.start(lenet, train, train)) {
      save(session.snapshot(), "lenet");
    }
    assertThatThrownBy(() -> resume(shallow, train, train, "lenet"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("fc1.weight");
  }
}
