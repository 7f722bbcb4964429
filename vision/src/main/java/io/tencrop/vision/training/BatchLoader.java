package io.tencrop.vision.training;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import io.tencrop.vision.data.Shuffle;
import io.tencrop.vision.engine.Argument;
import io.tencrop.vision.recipe.InputTransform;

/** The batches of a run: batch {@code k} of epoch {@code e} is a function of the seed alone. */
final class BatchLoader {
  private final ImageSet images;
  private final InputTransform transform;
  private final Crop center;
  private final int batchSize;
  private final long seed;
  private final byte[] pixels;
  private int orderedEpoch = -1;
  private int[] order = {};

  BatchLoader(ImageSet images, InputTransform transform, int batchSize, long seed) {
    this.images = images;
    this.transform = transform;
    this.center = transform.center(images.height(), images.width());
    this.batchSize = batchSize;
    this.seed = seed;
    this.pixels = new byte[Math.multiplyExact(batchSize, bytesPerImage())];
  }

  /**
   * What a step trains on; valid until the next call.
   *
   * @param pixels uint8 {@code [n, H, W, C]}
   * @param labels {@code [n]}
   */
  record Batch(Argument.Pixels pixels, Argument.Labels labels) {
    int size() {
      return pixels.count();
    }
  }

  int batches() {
    return (images.size() + batchSize - 1) / batchSize;
  }

  private int bytesPerImage() {
    return center.height() * center.width() * images.channels();
  }

  /** A shuffled batch for training. */
  Batch training(int epoch, int batch, long step) {
    if (orderedEpoch != epoch) {
      order = Shuffle.order(images.size(), seed, epoch);
      orderedEpoch = epoch;
    }
    RandomStream random = RandomStream.of(seed, Purpose.CROP, step);
    int from = batch * batchSize;
    int count = Math.min(batchSize, images.size() - from);
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      int image = order[from + i];
      images.copyCrop(image, trainingCrop(random), pixels, i * bytesPerImage());
      labels[i] = images.label(image);
    }
    return batch(labels);
  }

  private Crop trainingCrop(RandomStream random) {
    if (!transform.randomCrop()) {
      return center;
    }
    int top = random.nextInt(images.height() - center.height() + 1);
    int left = random.nextInt(images.width() - center.width() + 1);
    return new Crop(top, left, center.height(), center.width(), false);
  }

  /** A batch in the images' own order, cropped in the centre. */
  Batch testing(int batch) {
    int from = batch * batchSize;
    int count = Math.min(batchSize, images.size() - from);
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      images.copyCrop(from + i, center, pixels, i * bytesPerImage());
      labels[i] = images.label(from + i);
    }
    return batch(labels);
  }

  private Batch batch(long[] labels) {
    return new Batch(
        new Argument.Pixels(
            pixels, labels.length, center.height(), center.width(), images.channels()),
        new Argument.Labels(labels));
  }
}
