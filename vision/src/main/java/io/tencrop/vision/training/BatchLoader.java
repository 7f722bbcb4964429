package io.tencrop.vision.training;

import io.tencrop.vision.augment.Augmenter;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import io.tencrop.vision.data.Shuffle;
import io.tencrop.vision.data.SoftTargets;
import io.tencrop.vision.engine.Argument;
import io.tencrop.vision.recipe.InputTransform;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a run: batch {@code k} of epoch {@code e} is a function of the seed alone. For one
 * thread.
 */
final class BatchLoader {
  /** One is read while the other is trained on. */
  private static final int BUFFERS = 2;

  private final ImageSet images;
  private final InputTransform transform;
  private final Crop center;
  private final int batchSize;
  private final long seed;
  private final Augmenter augmenter;
  private final byte[][] buffers;
  private final @Nullable SoftTargets teacher;
  private int orderedEpoch = -1;
  private int[] order = {};
  private int buffer;

  /**
   * A loader with memory of its own.
   *
   * @throws IllegalArgumentException when the augmentation does not keep the crop's size
   */
  BatchLoader(ImageSet images, InputTransform transform, int batchSize, long seed) {
    this(images, transform, batchSize, seed, null);
  }

  /**
   * A loader that adds what a teacher answers to the batches of training steps.
   *
   * @param teacher absent: it adds nothing
   * @throws IllegalArgumentException when the augmentation does not keep the crop's size
   */
  BatchLoader(
      ImageSet images,
      InputTransform transform,
      int batchSize,
      long seed,
      @Nullable SoftTargets teacher) {
    this.images = images;
    this.teacher = teacher;
    this.transform = transform;
    this.center = transform.center(images.height(), images.width());
    this.batchSize = batchSize;
    this.seed = seed;
    this.augmenter = new Augmenter(transform.augment(), images.channels(), seed, Purpose.AUGMENT);
    this.buffers = new byte[BUFFERS][Math.multiplyExact(batchSize, bytesPerImage())];
    transform.checkAugment(images.height(), images.width());
  }

  /**
   * What a step trains on; valid until the call after the next.
   *
   * @param pixels uint8 {@code [n, H, W, C]}
   * @param labels {@code [n]}
   * @param taught the teacher's class probabilities, {@code [n, classes]}; absent without one
   */
  record Batch(Argument.Pixels pixels, Argument.Labels labels, Argument.@Nullable Rows taught) {
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

  /** The shuffled batch of a training step, of which the first is 1. */
  Batch ofStep(long step) {
    int epoch = (int) ((step - 1) / batches());
    int batch = (int) ((step - 1) % batches());
    if (orderedEpoch != epoch) {
      order = Shuffle.order(images.size(), seed, epoch);
      orderedEpoch = epoch;
    }
    byte[] pixels = nextBuffer();
    ImageSet shown = images.ofEpoch(epoch);
    RandomStream random = RandomStream.of(seed, Purpose.CROP, step);
    int from = batch * batchSize;
    int count = Math.min(batchSize, images.size() - from);
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      int image = order[from + i];
      augmenter.copy(shown, image, trainingCrop(random), epoch, pixels, i * bytesPerImage());
      labels[i] = images.label(image);
    }
    return batch(pixels, labels, taught(epoch, from, count));
  }

  private Argument.@Nullable Rows taught(int epoch, int from, int count) {
    if (teacher == null) {
      return null;
    }
    int classes = teacher.classes();
    float[] rows = new float[count * classes];
    for (int i = 0; i < count; i++) {
      teacher.copy(images.id(order[from + i]), epoch, rows, i * classes);
    }
    return new Argument.Rows(rows, count);
  }

  private byte[] nextBuffer() {
    buffer = (buffer + 1) % BUFFERS;
    return buffers[buffer];
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
    byte[] pixels = nextBuffer();
    int from = batch * batchSize;
    int count = Math.min(batchSize, images.size() - from);
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      images.copyCrop(from + i, center, pixels, i * bytesPerImage());
      labels[i] = images.label(from + i);
    }
    return batch(pixels, labels, null);
  }

  private Batch batch(byte[] pixels, long[] labels, Argument.@Nullable Rows taught) {
    return new Batch(
        new Argument.Pixels(
            pixels, labels.length, center.height(), center.width(), images.channels()),
        new Argument.Labels(labels),
        taught);
  }
}
