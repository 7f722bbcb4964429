package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.engine.Inference;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.Precision;
import io.tencrop.vision.recipe.TrainingOptions;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with batch norm, dropout and residual blocks, by a few steps each. */
class DeepNetworksTest {
  private static final InputTransform INPUT =
      new InputTransform(null, false, List.of(0.4, 0.5, 0.6), List.of(0.2, 0.3, 0.4));
  private static final Optimizer SGD = new Optimizer.Sgd(0.01, 0.9, 0, true, 5e-4);

  @TempDir Path directory;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("resnet18", Map.of("stem", "cifar"), 32),
        Arguments.of("vgg11", Map.of("widthDivisor", 16, "batchNorm", true), 32),
        Arguments.of("resnet50", Map.of("stem", "cifar"), 16),
        Arguments.of("alexnet", Map.of(), 64),
        Arguments.of("airbench", Map.of(), 32),
        Arguments.of("vit", Map.of("width", 48, "depth", 2, "heads", 3, "dropout", 0.1), 32));
  }

  static Stream<Arguments> networksInEachPrecision() {
    return networks()
        .flatMap(
            network ->
                Stream.of(Precision.values())
                    .map(
                        precision -> {
                          Object[] of = Arrays.copyOf(network.get(), 4);
                          of[3] = precision;
                          return Arguments.of(of);
                        }));
  }

  @ParameterizedTest
  @MethodSource("networksInEachPrecision")
  void resumesWithTheSameBitsAndAnswersAsMeasured(
      String name, Map<String, Object> options, int side, Precision precision) throws Exception {
    ImageSet train = ArrayImages.squares(8, 2, 3, side, 1);
    ImageSet validation = ArrayImages.squares(6, 2, 3, side, 2);
    TrainingSettings settings =
        new TrainingSettings(
            Architectures.create(name, options),
            Loss.CROSS_ENTROPY,
            SGD,
            TrainingOptions.DEFAULTS.withPrecision(precision),
            4,
            1,
            7,
            2,
            INPUT,
            2);
    String unbroken;
    StepOutcome end;
    Path weights = directory.resolve("weights");
    Path state = directory.resolve("state");
    try (TrainingSession session = TrainingSession.start(settings, train, validation)) {
      session.advance();
      write(session.snapshot(), weights, state);
      end = session.advance();
      unbroken = digest(session.snapshot());
    }
    try (TrainingSession session =
        TrainingSession.resume(settings, new TrainingImages(train, validation), weights, state)) {
      assertThat(session.advance()).isEqualTo(end);
      assertThat(digest(session.snapshot())).isEqualTo(unbroken);
      write(session.snapshot(), weights, state);
    }
    EpochSummary summary = end.epochSummary();
    assertThat(summary).isNotNull();
    try (Inference inference =
        Inference.load(
            settings.architecture(), INPUT, 2, settings.loss(), 3, side, side, 2, weights)) {
      float[] logits = inference.logits(validation, 0, 6, List.of(Crop.whole(side, side)));
      double loss = 0;
      for (int i = 0; i < 6; i++) {
        double margin =
            logits[2 * i + validation.label(i)] - logits[2 * i + 1 - validation.label(i)];
        loss += Math.log1p(Math.exp(-margin)) / 6;
      }
      // The session measures in its own precision, the evaluation in float32.
      assertThat(loss)
          .isCloseTo(
              summary.validationLoss(), Offset.offset(precision == Precision.FLOAT32 ? 1e-4 : 0.1));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void computesInBfloat16WhatItDoesInFloat32(String name, Map<String, Object> options, int side)
      throws Exception {
    ImageSet train = ArrayImages.squares(8, 2, 3, side, 1);
    double[] losses = new double[2];
    for (Precision precision : Precision.values()) {
      TrainingSettings settings =
          new TrainingSettings(
              Architectures.create(name, options),
              Loss.CROSS_ENTROPY,
              SGD,
              TrainingOptions.DEFAULTS.withPrecision(precision),
              8,
              2,
              7,
              1,
              INPUT,
              2);
      try (TrainingSession session = TrainingSession.start(settings, train, train)) {
        session.advance();
        losses[precision.ordinal()] = session.advance().loss();
      }
    }
    assertThat(losses[1])
        .isNotEqualTo(losses[0])
        .isCloseTo(losses[0], Percentage.withPercentage(10));
  }

  private static void write(Snapshot snapshot, Path weights, Path state) throws Exception {
    try (OutputStream out = Files.newOutputStream(weights)) {
      snapshot.writeWeights(out);
    }
    try (OutputStream out = Files.newOutputStream(state)) {
      snapshot.writeOptimizerState(out);
    }
  }

  private static String digest(Snapshot snapshot) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
      snapshot.writeWeights(out);
      snapshot.writeOptimizerState(out);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
