package io.tencrop.bench;

import io.tencrop.vision.augment.Augmentation;
import io.tencrop.vision.augment.Augmenter;
import io.tencrop.vision.augment.HorizontalFlip;
import io.tencrop.vision.augment.PaddingMode;
import io.tencrop.vision.augment.RandomCrop;
import io.tencrop.vision.augment.RandomErasing;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.RandomStream.Purpose;
import io.tencrop.vision.data.ShardWriter;
import io.tencrop.vision.data.ShardedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Reads a shard of 3x32x32 images through an augmentation, on one thread, and prints what an image
 * takes: {@code {"copy_ns": ..., "crop_flip_ns": ..., "crop_flip_erase_ns": ...}}, medians of the
 * epochs. Arguments: images, epochs to warm up, epochs to measure.
 */
public final class AugmentImages {
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;

  private AugmentImages() {}

  public static void main(String... args) throws IOException {
    int[] numbers = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    RandomCrop crop = new RandomCrop(SIDE, 4, PaddingMode.REFLECT);
    HorizontalFlip flip = new HorizontalFlip(0.5);
    RandomErasing erasing = new RandomErasing(0.5, 0.02, 0.33, 0.3, 3.3, List.of(125, 123, 114));
    Path file = Files.createTempFile("tencrop-bench", ".safetensors");
    try {
      write(file, numbers[0]);
      try (ShardedImages images = ShardedImages.open(List.of(file))) {
        System.out.printf(
            "{\"copy_ns\": %.0f, \"crop_flip_ns\": %.0f, \"crop_flip_erase_ns\": %.0f}%n",
            nanosPerImage(images, List.of(), numbers),
            nanosPerImage(images, List.of(crop, flip), numbers),
            nanosPerImage(images, List.of(crop, flip, erasing), numbers));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void write(Path file, int images) throws IOException {
    Random random = new Random(1);
    try (ShardWriter shard =
        new ShardWriter(Files.newOutputStream(file), images, SIDE, SIDE, CHANNELS)) {
      for (int i = 0; i < images; i++) {
        byte[] pixels = new byte[SIDE * SIDE * CHANNELS];
        random.nextBytes(pixels);
        shard.add(new Bitmap(SIDE, SIDE, CHANNELS, pixels), i % 10, i);
      }
    }
  }

  private static double nanosPerImage(
      ShardedImages images, List<Augmentation> operations, int... numbers) {
    Augmenter augmenter = new Augmenter(operations, CHANNELS, 1, Purpose.AUGMENT);
    Crop whole = Crop.whole(SIDE, SIDE);
    int bytes = SIDE * SIDE * CHANNELS;
    byte[] batch = new byte[64 * bytes];
    double[] epochs = new double[numbers[2]];
    for (int epoch = -numbers[1]; epoch < epochs.length; epoch++) {
      long begin = System.nanoTime();
      for (int i = 0; i < images.size(); i++) {
        augmenter.copy(images, i, whole, epoch, batch, i % 64 * bytes);
      }
      if (epoch >= 0) {
        epochs[epoch] = (double) (System.nanoTime() - begin) / images.size();
      }
    }
    Arrays.sort(epochs);
    return epochs[epochs.length / 2];
  }
}
