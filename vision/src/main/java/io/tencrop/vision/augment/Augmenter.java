package io.tencrop.vision.augment;

import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import java.util.List;

/**
 * Augments images, one operation after another. What becomes of an image is a function of (seed,
 * round, id). Not for several threads at once.
 */
public final class Augmenter {
  private final List<Augmentation> operations;
  private final int channels;
  private final long seed;
  private final Purpose purpose;
  private final Canvas canvas;

  /**
   * An augmenter with memory of its own.
   *
   * @param purpose {@link Purpose#AUGMENT} for a run, whose rounds are epochs; {@link
   *     Purpose#VARIANT} for stored images, whose rounds are variants
   */
  public Augmenter(List<Augmentation> operations, int channels, long seed, Purpose purpose) {
    this.operations = List.copyOf(operations);
    this.channels = channels;
    this.seed = seed;
    this.purpose = purpose;
    this.canvas = new Canvas(channels);
  }

  /**
   * The size of what all operations make of an image.
   *
   * @throws IllegalArgumentException when one of them cannot take what comes to it
   */
  public static ImageSize size(List<Augmentation> operations, ImageSize input) {
    ImageSize size = input;
    for (Augmentation operation : operations) {
      size = operation.size(size);
    }
    return size;
  }

  /**
   * Copies a crop of an image, augmented, to {@code target} from {@code offset} on.
   *
   * @param round another one gives other choices
   */
  public void copy(ImageSet images, int index, Crop crop, long round, byte[] target, int offset) {
    if (operations.isEmpty()) {
      images.copyCrop(index, crop, target, offset);
      return;
    }
    canvas.load(images, index, crop);
    RandomStream random = RandomStream.of(seed, purpose, round, images.id(index));
    for (Augmentation operation : operations) {
      operation.apply(canvas, random);
    }
    canvas.copyTo(target, offset);
  }

  /**
   * An image, augmented.
   *
   * @param round another one gives other choices
   */
  public Bitmap apply(Bitmap image, long id, long round) {
    RandomStream random = RandomStream.of(seed, purpose, round, id);
    if (operations.isEmpty()) {
      return image;
    }
    operations.get(0).begin(image, canvas, random);
    for (Augmentation operation : operations.subList(1, operations.size())) {
      operation.apply(canvas, random);
    }
    return canvas.bitmap();
  }
}
