package io.tencrop.bench;

import io.tencrop.vision.augment.HorizontalFlip;
import io.tencrop.vision.augment.PaddingMode;
import io.tencrop.vision.augment.RandomCrop;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ShardWriter;
import io.tencrop.vision.data.ShardedImages;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.TrainingOptions;
import io.tencrop.vision.training.TrainingSession;
import io.tencrop.vision.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Trains a network on images from a shard, with a padded random crop and a flip, and prints what
 * share of the steps' time went by until their batches had been read, as a row of a table in
 * Markdown. Arguments: {@code network[:option=value...] CxHxW batch threads steps}; as many steps
 * again, but ten at most, go before to warm up.
 */
public final class DataStall {
  private static final int IMAGES = 512;

  private DataStall() {}

  public static void main(String... args) throws InterruptedException {
    Thread trainer = new Thread(() -> run(args), "trainer");
    trainer.start();
    trainer.join();
  }

  private static void run(String... args) {
    try {
      Path shard = Files.createTempFile("tencrop-bench", ".safetensors");
      try {
        measure(shard, args);
      } finally {
        Files.delete(shard);
      }
    } catch (IOException | ArchitectureException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void measure(Path shard, String... args)
      throws IOException, ArchitectureException {
    int channels = Integer.parseInt(args[1].split("x")[0]);
    int side = Integer.parseInt(args[1].split("x")[1]);
    int batch = Integer.parseInt(args[2]);
    int steps = Integer.parseInt(args[4]);
    int warmUp = Math.min(10, steps);
    write(shard, channels, side);
    TrainingSettings settings =
        new TrainingSettings(
            TrainNetwork.architecture(args[0]),
            Loss.CROSS_ENTROPY,
            new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0),
            TrainingOptions.DEFAULTS,
            batch,
            (warmUp + steps) * batch / IMAGES + 2,
            1,
            Integer.parseInt(args[3]),
            TrainNetwork.normalized(channels)
                .withAugment(
                    List.of(
                        new RandomCrop(side, side / 8, PaddingMode.REFLECT),
                        new HorizontalFlip(0.5))),
            TrainNetwork.CLASSES);
    try (ShardedImages images = ShardedImages.open(List.of(shard));
        TrainingSession session =
            TrainingSession.start(
                settings, images, new NoiseImages(0, channels, side, TrainNetwork.CLASSES, 2))) {
      for (int i = 0; i < warmUp; i++) {
        session.advance();
      }
      long waited = session.dataWaitNanos();
      long begin = System.nanoTime();
      for (int i = 0; i < steps; i++) {
        session.advance();
      }
      double time = System.nanoTime() - begin;
      double wait = session.dataWaitNanos() - waited;
      System.out.printf(
          "| %s, %s, batch %d, %s threads | %.2f | %.1f | %.2f %% |%n",
          args[0],
          args[1],
          batch,
          args[3],
          time / steps / 1e6,
          wait / steps / 1e3,
          100 * wait / time);
    }
  }

  private static void write(Path file, int channels, int side) throws IOException {
    Random random = new Random(1);
    try (ShardWriter shard =
        new ShardWriter(Files.newOutputStream(file), IMAGES, side, side, channels)) {
      for (int i = 0; i < IMAGES; i++) {
        byte[] pixels = new byte[side * side * channels];
        random.nextBytes(pixels);
        shard.add(new Bitmap(side, side, channels, pixels), i % TrainNetwork.CLASSES, i);
      }
    }
  }
}
