package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.EarlyStopping;
import io.tencrop.vision.recipe.EarlyStopping.Monitor;
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
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each option by what it must do to the weights of a small network. */
class TrainingOptionsTest {
  private static final InputTransform INPUT =
      new InputTransform(null, false, List.of(0.4), List.of(0.3));
  private static final TrainingOptions PLAIN = TrainingOptions.DEFAULTS;
  private static final Optimizer SGD = new Optimizer.Sgd(0.1, 0, 0, false, 0);
  private static final int SIDE = 32;

  @TempDir Path directory;

  private final ImageSet train = ArrayImages.squares(64, 4, 1, SIDE, 1);
  private final ImageSet validation = ArrayImages.squares(32, 4, 1, SIDE, 2);

  private TrainingSession session(Loss loss, Optimizer optimizer, TrainingOptions options)
      throws Exception {
    return TrainingSession.start(
        new TrainingSettings(
            Architectures.create("lenet5", Map.of()),
            loss,
            optimizer,
            options,
            16,
            5,
            7,
            1,
            INPUT,
            4),
        train,
        validation);
  }

  private Map<String, float[]> weights(TrainingSession session) throws Exception {
    Path file = directory.resolve("weights");
    try (OutputStream out = Files.newOutputStream(file)) {
      session.snapshot().writeWeights(out);
    }
    Map<String, float[]> weights = new HashMap<>();
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      for (String name : tensors.header().tensors().keySet()) {
        FloatBuffer values = tensors.data(name).asFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        weights.put(name, copy);
      }
    }
    return weights;
  }

  private Map<String, float[]> after(
      int steps, Loss loss, Optimizer optimizer, TrainingOptions options) throws Exception {
    try (TrainingSession session = session(loss, optimizer, options)) {
      for (int i = 0; i < steps; i++) {
        session.advance();
      }
      return weights(session);
    }
  }

  private Map<String, float[]> after(int steps, Optimizer optimizer, TrainingOptions options)
      throws Exception {
    return after(steps, Loss.CROSS_ENTROPY, optimizer, options);
  }

  private static double norm(Map<String, float[]> from, Map<String, float[]> to) {
    double square = 0;
    for (String name : from.keySet()) {
      for (int i = 0; i < from.get(name).length; i++) {
        square += Math.pow(to.get(name)[i] - from.get(name)[i], 2);
      }
    }
    return Math.sqrt(square);
  }

  @Test
  void theScheduleScalesTheUpdate() throws Exception {
    Map<String, float[]> initial = after(0, SGD, PLAIN);
    double full = norm(initial, after(1, SGD, PLAIN));
    double fifth = norm(initial, after(1, SGD, PLAIN.withSchedule(new Schedule.Constant(1.25))));
    assertThat(fifth / full).isCloseTo(0.2, Offset.offset(1e-4));
    try (TrainingSession session =
        session(Loss.CROSS_ENTROPY, SGD, PLAIN.withSchedule(new Schedule.Cosine(0, 0)))) {
      assertThat(session.learningRate()).isEqualTo(0.1);
      for (int i = 0; i < 10; i++) {
        session.advance();
      }
      assertThat(session.learningRate()).isCloseTo(0.05, Offset.offset(1e-12));
    }
  }

  @Test
  void clippingBoundsTheGradientsNorm() throws Exception {
    Map<String, float[]> initial = after(0, SGD, PLAIN);
    double free = norm(initial, after(1, SGD, PLAIN)) / 0.1;
    double bound = free / 3;
    assertThat(norm(initial, after(1, SGD, PLAIN.withGradientClipNorm(bound))) / 0.1)
        .isCloseTo(bound, Offset.offset(bound * 1e-4));
    assertThat(after(1, SGD, PLAIN.withGradientClipNorm(free * 2)))
        .usingRecursiveComparison()
        .isEqualTo(after(1, SGD, PLAIN));
  }

  @Test
  void labelSmoothingMixesInTheMeanOverTheClasses() throws Exception {
    Optimizer still = new Optimizer.Sgd(1e-30, 0, 0, false, 0);
    try (TrainingSession hard = session(Loss.CROSS_ENTROPY, still, PLAIN);
        TrainingSession soft = session(new Loss(Loss.Kind.CROSS_ENTROPY, 0.5), still, PLAIN);
        TrainingSession softer = session(new Loss(Loss.Kind.CROSS_ENTROPY, 0.25), still, PLAIN)) {
      double whole = hard.advance().loss();
      double half = soft.advance().loss();
      assertThat(half).isNotEqualTo(whole);
      assertThat(softer.advance().loss()).isCloseTo((whole + half) / 2, Offset.offset(1e-5));
    }
  }

  @Test
  void theAverageFollowsTheWeights() throws Exception {
    List<Map<String, float[]>> raw = new ArrayList<>();
    for (int steps = 1; steps <= 3; steps++) {
      raw.add(after(steps, SGD, PLAIN));
    }
    TrainingOptions averaged = PLAIN.withEma(new Ema(0.75));
    // The first update is taken over whole, as torch's AveragedModel does.
    assertThat(after(1, SGD, averaged)).usingRecursiveComparison().isEqualTo(raw.get(0));
    Map<String, float[]> average = after(3, SGD, averaged);
    for (String name : average.keySet()) {
      for (int i = 0; i < average.get(name).length; i++) {
        double second = 0.75 * raw.get(0).get(name)[i] + 0.25 * raw.get(1).get(name)[i];
        assertThat((double) average.get(name)[i])
            .isCloseTo(0.75 * second + 0.25 * raw.get(2).get(name)[i], Offset.offset(1e-6));
      }
    }
  }

  @Test
  void frozenParametersKeepTheirValuesAndTheBodyMovesLess() throws Exception {
    Map<String, float[]> initial = after(0, SGD, PLAIN);
    Map<String, float[]> plain = after(1, SGD, PLAIN);
    Map<String, float[]> tuned =
        after(1, SGD, PLAIN.withFineTuning(new FineTuning(List.of("conv*", "fc1.bias"), 0.1)));
    for (String name : initial.keySet()) {
      double moved = norm(Map.of(name, initial.get(name)), tuned);
      double free = norm(Map.of(name, initial.get(name)), plain);
      double factor = name.startsWith("conv") || name.equals("fc1.bias") ? 0 : 0.1;
      if (name.startsWith("fc3")) {
        factor = 1;
      }
      assertThat(moved).as(name).isCloseTo(free * factor, Offset.offset(free * 1e-3));
    }
    assertThatThrownBy(() -> after(1, SGD, PLAIN.withFineTuning(new FineTuning(List.of("*"), 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is left to train");
  }

  @Test
  void normAndBiasCanBeSparedTheDecay() throws Exception {
    Optimizer decayed = new Optimizer.Sgd(0.1, 0, 0, false, 0.5);
    Map<String, float[]> none = after(1, SGD, PLAIN);
    Map<String, float[]> all = after(1, decayed, PLAIN);
    Map<String, float[]> spared = after(1, decayed, PLAIN.withoutDecayOfNormAndBias());
    for (String name : none.keySet()) {
      assertThat(spared.get(name))
          .as(name)
          .containsExactly((name.endsWith("bias") ? none : all).get(name));
    }
    assertThat(none.get("conv1.bias")).isNotEqualTo(all.get("conv1.bias"));
  }

  @ParameterizedTest
  @EnumSource(Monitor.class)
  void stopsWhenValidationNoLongerImproves(Monitor monitor) throws Exception {
    Optimizer still = new Optimizer.Sgd(1e-30, 0, 0, false, 0);
    TrainingOptions patient = PLAIN.withEarlyStopping(new EarlyStopping(2, 0, monitor));
    try (TrainingSession session = session(Loss.CROSS_ENTROPY, still, patient)) {
      while (!session.finished()) {
        session.advance();
      }
      // The first epoch is the best so far, two more bring nothing.
      assertThat(session.epoch()).isEqualTo(3);
      assertThat(session.stoppedEarly()).isTrue();
      assertThatThrownBy(session::advance).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void goesOnWhileValidationImproves() throws Exception {
    TrainingOptions impatient =
        PLAIN.withEarlyStopping(new EarlyStopping(1, 0, Monitor.VALIDATION_LOSS));
    Optimizer adam = new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0);
    try (TrainingSession session = session(Loss.CROSS_ENTROPY, adam, impatient)) {
      while (!session.finished()) {
        session.advance();
      }
      assertThat(session.epoch()).isEqualTo(5);
      assertThat(session.stoppedEarly()).isFalse();
    }
  }

  @Test
  void precisionAndMemoryFormatChangeLittle() throws Exception {
    Map<String, float[]> initial = after(0, SGD, PLAIN);
    Map<String, float[]> plain = after(4, SGD, PLAIN.withMemoryFormat(MemoryFormat.CONTIGUOUS));
    double moved = norm(initial, plain);
    double lastDiffers =
        norm(plain, after(4, SGD, PLAIN.withMemoryFormat(MemoryFormat.CHANNELS_LAST)));
    assertThat(lastDiffers).isLessThan(moved * 1e-4);
    for (MemoryFormat format : MemoryFormat.values()) {
      double differs =
          norm(
              plain,
              after(4, SGD, PLAIN.withMemoryFormat(format).withPrecision(Precision.BFLOAT16)));
      assertThat(differs).isBetween(moved * 1e-5, moved * 0.05);
    }
  }
}
