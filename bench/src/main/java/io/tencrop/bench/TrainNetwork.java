package io.tencrop.bench;

import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.MemoryFormat;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.Precision;
import io.tencrop.vision.recipe.TrainingOptions;
import io.tencrop.vision.training.TrainingSession;
import io.tencrop.vision.training.TrainingSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains a network on images from memory and prints how long a step took, {@code {"step_ms":
 * [each], "engine": ...}}. A step is everything from the choice of the images to the updated
 * weights and the loss on this side. Arguments: {@code network[:option=value...] CxHxW batch
 * threads steps precision [memory format]}; as many steps again, but ten at most, go before to warm
 * up.
 */
public final class TrainNetwork {
  static final int CLASSES = 10;
  private static final int BATCHES = 8;

  private TrainNetwork() {}

  public static void main(String... args) throws InterruptedException {
    Thread trainer = new Thread(() -> measure(args), "trainer");
    trainer.start();
    trainer.join();
  }

  private static void measure(String... args) {
    String[] shape = args[1].split("x");
    int channels = Integer.parseInt(shape[0]);
    int side = Integer.parseInt(shape[1]);
    int batch = Integer.parseInt(args[2]);
    int steps = Integer.parseInt(args[4]);
    int warmUp = Math.min(10, steps);
    NoiseImages images = new NoiseImages(batch * BATCHES, channels, side, CLASSES, 1);
    try (TrainingSession session =
        TrainingSession.start(
            settings(args, batch, channels, (warmUp + steps) / BATCHES + 1),
            images,
            new NoiseImages(0, channels, side, CLASSES, 2))) {
      for (int i = 0; i < warmUp; i++) {
        session.advance();
      }
      double[] measured = new double[steps];
      for (int i = 0; i < steps; i++) {
        long begin = System.nanoTime();
        session.advance();
        measured[i] = (System.nanoTime() - begin) / 1e6;
      }
      System.out.printf(
          "{\"step_ms\": %s, \"engine\": \"Tencrop, %s, Java %s\"}%n",
          Arrays.toString(measured), session.engine(), System.getProperty("java.version"));
    } catch (ArchitectureException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static TrainingSettings settings(String[] args, int batch, int channels, int epochs)
      throws ArchitectureException {
    TrainingOptions options =
        TrainingOptions.DEFAULTS.withPrecision(Precision.valueOf(args[5].toUpperCase(Locale.ROOT)));
    if (args.length > 6) {
      options = options.withMemoryFormat(MemoryFormat.valueOf(args[6].toUpperCase(Locale.ROOT)));
    }
    return new TrainingSettings(
        architecture(args[0]),
        Loss.CROSS_ENTROPY,
        new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0),
        options,
        batch,
        epochs,
        1,
        Integer.parseInt(args[3]),
        normalized(channels),
        CLASSES);
  }

  static InputTransform normalized(int channels) {
    return new InputTransform(
        null,
        false,
        channels == 1 ? List.of(0.286) : List.of(0.485, 0.456, 0.406),
        channels == 1 ? List.of(0.353) : List.of(0.229, 0.224, 0.225));
  }

  static Architecture architecture(String text) throws ArchitectureException {
    String[] parts = text.split(":");
    Map<String, Object> options = new HashMap<>();
    for (String option : Arrays.asList(parts).subList(1, parts.length)) {
      String[] pair = option.split("=");
      options.put(pair[0], pair[1].matches("\\d+") ? Integer.valueOf(pair[1]) : pair[1]);
    }
    return Architectures.create(parts[0], options);
  }
}
