package io.tencrop.bench;

import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.recipe.Ema;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.Precision;
import io.tencrop.vision.recipe.TrainingOptions;
import io.tencrop.vision.training.Snapshot;
import io.tencrop.vision.training.TrainingSession;
import io.tencrop.vision.training.TrainingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Prints the process's resident memory while one network takes 5,000 steps, and after each of 50
 * networks trained one after another, their snapshots included. The Java heap is collected before
 * each look, so that what grows is native.
 */
public final class WatchMemory {
  private static final int STEPS = 5000;
  private static final int NETWORKS = 50;
  private static final List<Map.Entry<String, Map<String, Object>>> IN_TURN =
      List.of(
          Map.entry("lenet5", Map.of()),
          Map.entry("resnet18", Map.of("stem", "cifar")),
          Map.entry("vgg11", Map.of("widthDivisor", 8, "batchNorm", true)),
          Map.entry("airbench", Map.of()),
          Map.entry("vit", Map.of("width", 48, "depth", 2, "heads", 3)));

  private WatchMemory() {}

  public static void main(String... args) throws InterruptedException {
    Thread trainer = new Thread(WatchMemory::watch, "trainer");
    trainer.start();
    trainer.join();
  }

  private static void watch() {
    try {
      System.out.println("| step of one LeNet-5 | resident, MiB |");
      System.out.println("| --- | --- |");
      train("lenet5", Map.of(), Precision.FLOAT32, STEPS, STEPS / 10);
      System.out.println("| networks so far | resident, MiB |");
      System.out.println("| --- | --- |");
      for (int i = 0; i < NETWORKS; i++) {
        var network = IN_TURN.get(i % IN_TURN.size());
        Precision precision = Precision.values()[i / IN_TURN.size() % 2];
        train(network.getKey(), network.getValue(), precision, 4, Integer.MAX_VALUE);
        if ((i + 1) % IN_TURN.size() == 0) {
          print(i + 1);
        }
      }
    } catch (ArchitectureException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void train(
      String name, Map<String, Object> options, Precision precision, int steps, int look)
      throws ArchitectureException, IOException {
    TrainingSettings settings =
        new TrainingSettings(
            Architectures.create(name, options),
            Loss.CROSS_ENTROPY,
            new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0),
            TrainingOptions.DEFAULTS.withPrecision(precision).withEma(new Ema(0.99)),
            32,
            steps,
            1,
            2,
            new InputTransform(null, false, List.of(0.5), List.of(0.25)),
            10);
    try (TrainingSession session =
        TrainingSession.start(
            settings, new NoiseImages(256, 3, 32, 10, 1), new NoiseImages(32, 3, 32, 10, 2))) {
      for (int i = 1; i <= steps; i++) {
        session.advance();
        if (i % look == 0) {
          print(i);
        }
      }
      Snapshot snapshot = session.snapshot();
      snapshot.writeWeights(OutputStream.nullOutputStream());
      snapshot.writeOptimizerState(OutputStream.nullOutputStream());
    }
  }

  private static void print(int count) {
    System.gc();
    try {
      String statm = Files.readString(Path.of("/proc/self/statm"));
      System.out.printf("| %d | %d |%n", count, Long.parseLong(statm.split(" ")[1]) * 4 / 1024);
    } catch (IOException e) {
      throw new UncheckedIOException("this system has no /proc/self/statm", e);
    }
  }
}
