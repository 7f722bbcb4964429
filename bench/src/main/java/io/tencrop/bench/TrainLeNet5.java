package io.tencrop.bench;

import io.tencrop.vision.engine.EngineHost;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.training.TrainingSession;
import io.tencrop.vision.training.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Trains LeNet-5 on 1x32x32 images from memory and prints how long it took: {@code {"step_ms": the
 * median, "epoch_s": [...], "engine": ...}}. A step is everything from the choice of the images to
 * the updated weights and the loss on this side. Arguments: images, batch size, threads, epochs to
 * warm up, epochs to measure.
 */
public final class TrainLeNet5 {
  private static final int CLASSES = 10;

  private TrainLeNet5() {}

  public static void main(String... args) throws InterruptedException {
    EngineHost.tuneAllocator();
    int[] numbers = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    Thread trainer = new Thread(() -> measure(numbers), "trainer");
    trainer.start();
    trainer.join();
  }

  private static void measure(int... numbers) {
    int images = numbers[0];
    int batchSize = numbers[1];
    int warmUp = numbers[3];
    int epochs = numbers[4];
    try (TrainingSession session =
        TrainingSession.start(
            settings(batchSize, numbers[2], warmUp + epochs),
            new NoiseImages(images, 32, CLASSES, 1),
            new NoiseImages(0, 32, CLASSES, 2))) {
      for (int i = 0; i < warmUp * session.stepsPerEpoch(); i++) {
        session.advance();
      }
      double[] steps = new double[epochs * session.stepsPerEpoch()];
      double[] seconds = new double[epochs];
      for (int i = 0; i < steps.length; i++) {
        long begin = System.nanoTime();
        session.advance();
        steps[i] = (System.nanoTime() - begin) / 1e6;
        seconds[i / session.stepsPerEpoch()] += steps[i] / 1e3;
      }
      Arrays.sort(steps);
      System.out.printf(
          "{\"step_ms\": %.4f, \"epoch_s\": %s, \"engine\": \"Tencrop, %s, Java %s\"}%n",
          steps[steps.length / 2],
          Arrays.toString(seconds),
          session.engine(),
          System.getProperty("java.version"));
    } catch (ArchitectureException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static TrainingSettings settings(int batchSize, int threads, int epochs)
      throws ArchitectureException {
    return new TrainingSettings(
        Architectures.create("lenet5", Map.of()),
        Loss.CROSS_ENTROPY,
        new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0),
        batchSize,
        epochs,
        1,
        threads,
        new InputTransform(null, false, List.of(0.286), List.of(0.353)),
        CLASSES);
  }
}
