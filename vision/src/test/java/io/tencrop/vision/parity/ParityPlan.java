package io.tencrop.vision.parity;

import com.google.gson.Gson;
import io.tencrop.vision.recipe.BatchMix;
import io.tencrop.vision.recipe.Distillation;
import io.tencrop.vision.recipe.Ema;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.Schedule;
import io.tencrop.vision.recipe.Schedule.Anneal;
import io.tencrop.vision.recipe.TrainingOptions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is compared to PyTorch: {@code plan.json}, which the Python script reads too. */
record ParityPlan(Map<String, Training> trainings, List<Case> cases) {

  /** A network and how it is trained. */
  record Case(
      String name,
      String architecture,
      @Nullable Map<String, String> options,
      int side,
      int channels,
      int classes,
      int batch,
      List<String> trainings,
      boolean golden) {}

  /** All that a training adds to the network. */
  record Training(
      String optimizer,
      double learningRate,
      double momentum,
      double dampening,
      boolean nesterov,
      double weightDecay,
      @Nullable Double eps,
      boolean spareNormAndBias,
      boolean binary,
      double labelSmoothing,
      @Nullable Double gradientClipNorm,
      @Nullable Double ema,
      @Nullable LearningRates schedule,
      @Nullable Taught distillation,
      @Nullable Double mixup) {

    Loss loss() {
      return binary ? Loss.BINARY_CROSS_ENTROPY : new Loss(Loss.Kind.CROSS_ENTROPY, labelSmoothing);
    }

    Optimizer settings() {
      double added = eps == null ? 1e-8 : eps;
      return switch (optimizer) {
        case "sgd" -> new Optimizer.Sgd(learningRate, momentum, dampening, nesterov, weightDecay);
        case "adam" -> new Optimizer.Adam(learningRate, 0.9, 0.999, added, weightDecay);
        case "adamw" -> new Optimizer.AdamW(learningRate, 0.9, 0.999, added, weightDecay);
        default -> throw new IllegalArgumentException(optimizer);
      };
    }

    TrainingOptions options() {
      TrainingOptions options = TrainingOptions.DEFAULTS;
      if (spareNormAndBias) {
        options = options.withoutDecayOfNormAndBias();
      }
      if (gradientClipNorm != null) {
        options = options.withGradientClipNorm(gradientClipNorm);
      }
      if (ema != null) {
        options = options.withEma(new Ema(ema));
      }
      if (distillation != null) {
        options =
            options.withDistillation(
                new Distillation(distillation.temperature(), distillation.weight()));
      }
      if (mixup != null) {
        options = options.withMix(List.of(new BatchMix.MixUp(mixup)));
      }
      return schedule == null ? options : options.withSchedule(schedule.settings());
    }
  }

  /** By a teacher, see {@link ParityRun#teacher}. */
  record Taught(double temperature, double weight) {}

  /** A schedule. */
  record LearningRates(
      String type,
      double warmupEpochs,
      int stepEpochs,
      double gamma,
      double finalFactor,
      double pctStart,
      double divFactor,
      double finalDivFactor,
      @Nullable String anneal) {
    Schedule settings() {
      return switch (type) {
        case "step" -> new Schedule.Step(warmupEpochs, stepEpochs, gamma);
        case "cosine" -> new Schedule.Cosine(warmupEpochs, finalFactor);
        case "oneCycle" ->
            new Schedule.OneCycle(
                pctStart,
                divFactor,
                finalDivFactor,
                "linear".equals(anneal) ? Anneal.LINEAR : Anneal.COSINE);
        default -> throw new IllegalArgumentException(type);
      };
    }
  }

  static ParityPlan read() {
    return read("plan.json", ParityPlan.class);
  }

  static <T> T read(String resource, Class<T> type) {
    try (Reader reader =
        new InputStreamReader(
            ParityPlan.class.getResourceAsStream("/parity/" + resource), StandardCharsets.UTF_8)) {
      return new Gson().fromJson(reader, type);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Case named(String name) {
    return cases.stream()
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no case " + name));
  }
}
